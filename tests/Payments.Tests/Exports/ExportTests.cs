using System.Globalization;
using System.Text;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Payments.Tests.Exports;

/// <summary>Lists as files: for machines and for readers.</summary>
public sealed class ExportTests
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private readonly TestHouse house = new();

    [Fact]
    public async Task A_machine_reads_points_iso_dates_and_snake_case()
    {
        var customer = await house.CustomerAsync("C-1", customer => customer with { Name = "Dupont, Père & Fils" });
        await house.InvoiceAsync(123_456, "F-1", customer);

        var lines = await LinesAsync(exports => exports.Invoices(_ => true), ExportStyle.Invariant);

        Assert.StartsWith("number,customer_number,customer_name,issue_date,due_date,amount,open,currency,status,disputed,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("F-1,C-1,\"Dupont, Père & Fils\",2026-10-01,2026-10-31,1234.56,1234.56,EUR,open,no,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_french_reader_has_semicolons_commas_their_dates_and_their_words()
    {
        await house.InvoiceAsync(123_456, "F-1", await house.CustomerAsync("C-1"));
        var style = ExportStyle.For(CultureInfo.GetCultureInfo("fr-FR"), Paris, field => $"[{field}]", (kind, code) => $"{kind}/{code}");

        var lines = await LinesAsync(exports => exports.Invoices(_ => true), style);

        Assert.StartsWith("\uFEFF[number];[customerNumber];", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("F-1;C-1;Dupont SARL;01/10/2026;31/10/2026;1234,56;1234,56;EUR;invoice.status/Open;shell/no;", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.test\")")]
    [InlineData("+33 cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)")]
    public async Task What_a_spreadsheet_would_run_is_made_harmless(string name)
    {
        await house.InvoiceAsync(100, "F-1", await house.CustomerAsync("C-1", customer => customer with { Name = name }));

        var cells = (await LinesAsync(exports => exports.Invoices(_ => true), ExportStyle.Invariant))[1];

        Assert.Contains($"'{name.Replace("\"", "\"\"", StringComparison.Ordinal)}", cells, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instants_are_utc_for_machines_and_the_merchants_clock_for_readers()
    {
        var instant = new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero);
        var reader = ExportStyle.For(CultureInfo.GetCultureInfo("fr-FR"), Paris, field => field, (_, code) => code);

        Assert.Equal("2026-03-01T23:30:00Z", ExportStyle.Invariant.Instant(instant));
        Assert.Equal("02/03/2026 00:30", reader.Instant(instant));
        Assert.Equal("-12,50", reader.Amount(-1250, "EUR"));
        Assert.Equal("1250", ExportStyle.Invariant.Amount(1250, "JPY"));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_long_list_is_written_page_by_page_in_its_order_and_whole()
    {
        var customer = await house.CustomerAsync();
        await house.InScopeAsync(provider =>
        {
            var records = provider.GetRequiredService<IMerchantRecords>();
            for (var number = 0; number < 1_203; number++)
            {
                records.Add(new Invoice
                {
                    Id = Guid.CreateVersion7(),
                    MerchantId = house.Merchant.Id,
                    Number = $"F-{number:0000}",
                    CustomerId = customer.Id,
                    IssueDate = new DateOnly(2026, 10, 1),
                    DueDate = new DateOnly(2026, 10, 31),
                    Amount = TestHouse.Euros(1000 + (number % 7)),
                    Open = TestHouse.Euros(1000 + (number % 7)),
                    ImportedAt = house.Now,
                });
            }

            return Task.FromResult(true);
        });
        var writes = new CountingStream();

        await house.DoAsync<ListExports>(exports => exports.Invoices(_ => true, RowOrder<Invoice>.By(invoice => invoice.Number)).WriteAsync(writes, ExportStyle.Invariant, CancellationToken.None));

        var numbers = Encoding.UTF8.GetString(writes.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0]).ToList();
        Assert.Equal(Enumerable.Range(0, 1_203).Select(number => $"F-{number:0000}"), numbers);
        Assert.Equal(4, writes.Parts);
    }

    [Fact]
    public async Task The_books_are_exported_line_by_line_and_balance()
    {
        await house.InvoiceAsync(10_000, "F-1", await house.CustomerAsync("C-1"));
        await house.InvoiceAsync(2_550, "F-2");

        var lines = (await LinesAsync(exports => exports.LedgerLines(), ExportStyle.Invariant)).Skip(1).Select(line => line.Split(',')).ToList();

        Assert.Equal(4, lines.Count);
        Assert.Equal(lines.Sum(Cell(3)), lines.Sum(Cell(4)));
        Assert.Equal(125.50m, lines.Sum(Cell(3)));

        static Func<string[], decimal> Cell(int column) => line => line[column].Length == 0 ? 0 : decimal.Parse(line[column], CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_list_of_another_merchant_holds_nothing_of_ours()
    {
        await house.InvoiceAsync();
        var theirs = new MemoryRecords(house.Store, Guid.CreateVersion7());

        Assert.Empty(await theirs.PageAsync<Customer>(_ => true, RowOrder<Customer>.Newest, null, 10));
    }

    private async Task<string[]> LinesAsync(Func<ListExports, ListExport> list, ExportStyle style)
    {
        using var file = new MemoryStream();
        await house.DoAsync<ListExports>(exports => list(exports).WriteAsync(file, style, CancellationToken.None));
        return Encoding.UTF8.GetString(file.ToArray()).Split("\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).ToArray();
    }

    private sealed class CountingStream : MemoryStream
    {
        public int Parts { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Parts++;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
