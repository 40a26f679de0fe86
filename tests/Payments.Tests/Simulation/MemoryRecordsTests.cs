using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;

namespace CentralPay.Workflows.Payments.Tests.Simulation;

public sealed class MemoryRecordsTests
{
    private readonly MemoryStore store = new();

    [Fact]
    public async Task What_was_appended_after_a_mark_can_be_taken_back()
    {
        var records = Open();
        var (kept, dropped) = (Invoice("F-1"), Invoice("F-2"));
        records.Add(kept);
        var mark = records.Position;
        records.Update(kept with { Description = "changed" });
        records.Add(dropped);
        records.Post(Postings.InvoiceIssued(dropped, dropped.ImportedAt));
        records.Raise(Told(dropped));

        records.CutBack(mark);
        await records.CommitAsync();

        Assert.Equal(kept, Assert.Single(store.RowsOf<Invoice>(TestHouse.MerchantId)));
        Assert.Empty(store.EntriesOf(TestHouse.MerchantId));
        Assert.Empty(store.RowsOf<DomainEvent>(TestHouse.MerchantId));
    }

    [Fact]
    public async Task Rows_are_listed_in_the_order_they_were_committed_with_what_is_appended_to_them()
    {
        var rows = new[] { Invoice("F-3", new Guid("f0000000-0000-0000-0000-000000000000")), Invoice("F-1", new Guid("10000000-0000-0000-0000-000000000000")) };
        var first = Open();
        Array.ForEach(rows, first.Add);
        await first.CommitAsync();

        var second = Open();
        second.Update(rows[0] with { Description = "changed" });
        second.Add(Invoice("F-2"));

        Assert.Equal(["F-3", "F-1", "F-2"], (await second.ListAsync<Invoice>(row => true)).Select(row => row.Number));
        Assert.Equal(["F-3"], (await second.ListAsync<Invoice>(row => row.Description == "changed")).Select(row => row.Number));
        Assert.Equal(["F-3", "F-1"], (await second.ListAsync<Invoice>(row => true, 2)).Select(row => row.Number));
    }

    [Fact]
    public async Task The_same_place_in_the_code_asks_with_what_it_holds_each_time()
    {
        var records = Open();
        records.Add(Invoice("F-1"));
        records.Add(Invoice("F-2"));
        await records.CommitAsync();

        foreach (var number in new[] { "F-2", "F-1", "F-9" })
        {
            Assert.Equal(number == "F-9" ? 0 : 1, (await Open().ListAsync<Invoice>(row => row.Number == number)).Count);
        }

        foreach (var numbers in new List<string>[] { ["F-1", "F-2"], ["F-2"], [] })
        {
            Assert.Equal(numbers, (await Open().ListAsync<Invoice>(row => numbers.Contains(row.Number))).Select(row => row.Number));
        }
    }

    [Fact]
    public async Task A_unique_value_is_free_again_when_its_row_gave_it_up()
    {
        var (one, other) = (Invoice("F-1"), Invoice("F-2"));
        var first = Open();
        first.Add(one);
        await first.CommitAsync();
        var taken = Open();
        taken.Add(other with { Number = "F-1" });
        await Assert.ThrowsAsync<RecordConflictException>(() => taken.CommitAsync());

        var second = Open();
        second.Update(one with { Number = "F-3" });
        second.Add(other with { Number = "F-1" });
        await second.CommitAsync();

        Assert.Equal(["F-3", "F-1"], store.RowsOf<Invoice>(TestHouse.MerchantId).Select(row => row.Number));
    }

    private MemoryRecords Open() => new(store, TestHouse.MerchantId);

    private static Invoice Invoice(string number, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        MerchantId = TestHouse.MerchantId,
        Number = number,
        CustomerId = Guid.Empty,
        IssueDate = new DateOnly(2026, 10, 1),
        DueDate = new DateOnly(2026, 10, 31),
        Amount = new Money(100, "EUR"),
        Open = new Money(100, "EUR"),
        ImportedAt = new DateTimeOffset(2026, 10, 1, 9, 0, 0, TimeSpan.Zero),
    };

    private static DomainEvent Told(Invoice invoice) =>
        new() { Id = Guid.CreateVersion7(), MerchantId = invoice.MerchantId, Name = EventNames.InvoiceImported, At = invoice.ImportedAt, InvoiceId = invoice.Id };
}
