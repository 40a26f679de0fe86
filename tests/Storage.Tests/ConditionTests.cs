using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Tests.Running;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqliteConditionTests() : ConditionTests(StorageProvider.Sqlite);

public sealed class PostgreSqlConditionTests() : ConditionTests(StorageProvider.PostgreSql);

/// <summary>What lists are asked by: the answer is that of the program, and that of a context, whoever wrote the SQL.</summary>
public abstract class ConditionTests(StorageProvider provider) : StorageTest(provider)
{
    private static readonly Guid Known = new("0197a000-0000-7000-8000-000000000001");
    private static readonly Guid Other = new("0197a000-0000-7000-8000-000000000002");
    private static readonly PaymentState[] Booked = [PaymentState.Captured, PaymentState.PartlyRefunded];

    private static readonly Guid[] Ids = [Known, Other, Known];

    [Fact]
    public async Task Tasks_are_found_by_texts_states_and_what_may_be_missing()
    {
        var (key, status, note, wanted) = ("k-2", WorkTaskStatus.Open, (string?)null, (Guid?)Known);
        var (list, keys) = (new List<Guid> { Known }, new HashSet<string> { "k-1", "k-3", "nobody's" });
        await CommitAsync(records =>
        {
            records.Add(TaskOf("k-1") with { InvoiceId = Known, Note = "L'été, 100 % sûr" });
            records.Add(TaskOf("k-2") with { InvoiceId = Other, Status = WorkTaskStatus.Done, Outcome = "done" });
            records.Add(TaskOf("k-3") with { TransferId = Known, AmountMinor = 10_000, Currency = "EUR" });
            records.Add(TaskOf("K-3") with { InvoiceId = Known, TransferId = Other, AmountMinor = 9_999, Status = WorkTaskStatus.Obsolete });
        });

        await AskAsync<WorkTask>(
            2,
            task => true,
            task => task.Key == key,
            task => key == task.Key,
            task => task.Key == "k-3",
            task => task.Key != "k-3",
            task => task.Note == "L'été, 100 % sûr",
            task => task.Note != "L'été, 100 % sûr",
            task => task.Note == null,
            task => task.Note != null,
            task => task.Note == note,
            task => task.Note != note,
            task => task.InvoiceId == wanted,
            task => task.InvoiceId == Known,
            task => task.InvoiceId != wanted,
            task => task.Status == WorkTaskStatus.Open,
            task => task.Status != status,
            task => task.AmountMinor > 9_999,
            task => 9_999 >= task.AmountMinor,
            task => task.Status == WorkTaskStatus.Open && task.TransferId == null && task.InvoiceId != null,
            task => (task.Key == key || task.AmountMinor == 10_000 || task.InvoiceId == Other) && task.Status != WorkTaskStatus.Obsolete);
        await AskAsync<WorkTask>(
            OfLists(3),
            task => task.Status == WorkTaskStatus.Open && task.TransferId == null && task.InvoiceId != null && list.Contains(task.InvoiceId.Value),
            task => Ids.Contains(task.Id) || task.Key == key,
            task => keys.Contains(task.Key),
            task => task.InvoiceId != null && Ids.Contains(task.InvoiceId.Value));
    }

    [Fact]
    public async Task Money_is_found_by_states_amounts_and_instants()
    {
        var (from, none, amount) = (TestDatabase.Start.AddMicroseconds(1).ToOffset(TimeSpan.FromHours(2)), Array.Empty<Guid>(), 200L);
        await CommitAsync(records =>
        {
            records.Add(Sample.Payment(Merchant, "p-1", 100, TestDatabase.Start) with { InvoiceId = Known });
            records.Add(Sample.Payment(Merchant, "p-2", 200, TestDatabase.Start.AddMicroseconds(1)) with { InvoiceId = Known, State = PaymentState.Unmatched });
            records.Add(Sample.Payment(Merchant, "p-3", 300, TestDatabase.Start.AddMicroseconds(2)) with { Method = PaymentMethod.Transfer, State = PaymentState.PartlyRefunded });
        });
        await CommitAsync(records => records.Add(Sample.Payment(OtherMerchant, "p-1", 100, TestDatabase.Start) with { InvoiceId = Known }), OtherMerchant);

        await AskAsync<Payment>(
            2,
            payment => payment.InvoiceId == Known && payment.State != PaymentState.Unmatched,
            payment => payment.ReceivedAt > from,
            payment => payment.ReceivedAt >= from && payment.Method != PaymentMethod.Transfer,
            payment => payment.ReceivedAt <= from,
            payment => payment.Amount.AmountMinor == amount,
            payment => payment.Amount.AmountMinor < amount,
            payment => payment.Allocated.Currency == "EUR",
            payment => payment.TransferId == null);
        await AskAsync<Payment>(
            OfLists(2),
            payment => Booked.Contains(payment.State),
            payment => none.Contains(payment.Id),
            payment => payment.InvoiceId != null && Ids.Contains(payment.InvoiceId.Value) && payment.State == PaymentState.Captured);
    }

    [Fact]
    public async Task Invoices_are_found_by_flags_and_days()
    {
        var (day, isSearched) = (new DateOnly(2026, 3, 15), "never");
        await CommitAsync(records =>
        {
            records.Add(Sample.Invoice(Merchant, "F-1", dueDate: day, customer: Known) with { Disputed = true });
            records.Add(Sample.Invoice(Merchant, "F-2", dueDate: day.AddDays(-1), customer: Other));
            records.Add(Sample.Invoice(Merchant, "F-3", dueDate: day.AddDays(1), customer: Known) with { Status = InvoiceStatus.Paid });
        });

        await AskAsync<Invoice>(
            1,
            invoice => invoice.Disputed,
            invoice => !invoice.Disputed,
            invoice => invoice.CustomerId == Known && !invoice.Disputed,
            invoice => invoice.DueDate < day,
            invoice => invoice.DueDate >= day && invoice.Status != InvoiceStatus.Paid,
            invoice => invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.PartlyPaid,
            invoice => invoice.Number != isSearched);
    }

    [Fact]
    public async Task What_is_not_understood_is_answered_all_the_same()
    {
        await CommitAsync(records =>
        {
            records.Add(TaskOf("call/1") with { Note = "call" });
            records.Add(TaskOf("review/1") with { Note = "review/1" });
        });

        await AskAsync<WorkTask>(
            null,
            task => task.Key.StartsWith("call/"),
            task => task.Key == task.Note,
            task => task.Key.Length > 6,
            task => !(task.Key == "call/1" && task.Note == "call"),
            task => task.AmountMinor.HasValue,
            task => new[] { "call/1", "nobody's" }.Contains(task.Key));
    }

    [Fact]
    public void What_the_program_names_stands_in_the_words_so_that_an_index_on_some_rows_is_seen_to_fit()
    {
        var invoiceId = Known;
        List<SqlValue> values = [];

        var said = Condition.Of(Database.Tables.For<WorkTask>(), Database.Dialect, (Expression<Func<WorkTask, bool>>)(task => task.Status == WorkTaskStatus.Open && task.InvoiceId == invoiceId), values);

        Assert.Equal($"\"status\" = 'Open' AND \"invoice_id\" = {Database.Dialect.Parameter(1)}", said);
        Assert.Equal(Known, Assert.Single(values).Value);
    }

    private Database Database => House.Services.GetRequiredService<Database>();

    /// <summary>How many answers are looked for at least where lists are written by hand; a context writes them elsewhere.</summary>
    private int? OfLists(int least) => Provider == StorageProvider.PostgreSql ? least : null;

    // Each finds what the program finds in all rows, and what the context finds; so many of the conditions, at the least, find some and not all.
    private async Task AskAsync<T>(int? telling, params Expression<Func<T, bool>>[] conditions)
        where T : class, IMerchantRecord
    {
        await using var scope = House.Open(Merchant);
        var all = (await scope.Records.ListAsync<T>(row => row.Id != Guid.Empty)).ToList();
        var context = scope.Services.GetRequiredService<CollectionsDb>();
        var told = 0;
        foreach (var condition in conditions)
        {
            var expected = all.Where(condition.Compile()).Select(row => row.Id).ToList();
            var answered = (await scope.Records.ListAsync(condition)).Select(row => row.Id).ToList();
            Assert.True(expected.SequenceEqual(answered), $"{condition}: {expected.Count} expected, {answered.Count} found");
            Assert.Equal(expected, await context.Set<T>().Where(condition).OrderBy(row => row.Id).Select(row => row.Id).ToListAsync());
            Assert.Equal(expected.Take(1), (await scope.Records.ListAsync(condition, 1)).Select(row => row.Id));
            Assert.True(Condition.Of(Database.Tables.For<T>(), Database.Dialect, condition, []) is not null == telling is not null, $"{condition}: who writes it?");
            told += expected.Count > 0 && expected.Count < all.Count ? 1 : 0;
        }

        Assert.True(told >= (telling ?? 0), $"Only {told} conditions tell rows apart.");
    }

    private WorkTask TaskOf(string key) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = Merchant,
        Key = key,
        Kind = "call",
        Title = "Call",
        CreatedAt = TestDatabase.Start,
    };
}
