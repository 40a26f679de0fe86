using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqliteSeeingTests() : SeeingTests(StorageProvider.Sqlite);

public sealed class PostgreSqlSeeingTests() : SeeingTests(StorageProvider.PostgreSql);

/// <summary>Lists in an order, searches, and the figures of weeks, months and customers.</summary>
public abstract class SeeingTests(StorageProvider provider) : StorageTest(provider)
{
    [Fact]
    public async Task A_list_is_ordered_by_what_is_asked_and_its_pages_follow_each_other()
    {
        (string Number, long Amount, int Due)[] rows = [("B", 300, 2), ("a", 300, 1), ("C", 100, 3), ("É", 300, 5), ("D", 200, 4)];
        await CommitAsync(records => Array.ForEach(rows, row => records.Add(Sample.Invoice(Merchant, row.Number, row.Amount, new DateOnly(2026, 3, row.Due)))));
        await CommitAsync(records => records.Add(Sample.Invoice(OtherMerchant, "foreign", 999)), OtherMerchant);

        Assert.Equal([1, 2, 3, 4, 5], (await PagesAsync(RowOrder<Invoice>.By(invoice => invoice.DueDate))).Select(invoice => invoice.DueDate.Day));
        Assert.Equal([300L, 300L, 300L, 200L, 100L], (await PagesAsync(RowOrder<Invoice>.By(invoice => invoice.Open.AmountMinor, descending: true))).Select(invoice => invoice.Open.AmountMinor));
        Assert.Equal(5, (await PagesAsync(RowOrder<Invoice>.By(invoice => invoice.Number, descending: true))).Select(invoice => invoice.Id).Distinct().Count());
        Assert.Equal((await ReadAsync(records => records.PageAsync<Invoice>(_ => true, null, 10))).Select(invoice => invoice.Id), (await PagesAsync(RowOrder<Invoice>.Newest)).Select(invoice => invoice.Id));
        Assert.Empty(await ReadAsync(records => records.PageAsync(_ => true, RowOrder<Invoice>.Newest, Guid.CreateVersion7(), 10)));

        async Task<List<Invoice>> PagesAsync(RowOrder<Invoice> order)
        {
            var all = new List<Invoice>();
            IReadOnlyList<Invoice> page;
            do
            {
                var after = all.Count == 0 ? (Guid?)null : all[^1].Id;
                page = await ReadAsync(records => records.PageAsync(invoice => invoice.Amount.AmountMinor > 0, order, after, 2));
                all.AddRange(page);
            }
            while (page.Count > 0);
            return all;
        }
    }

    [Fact]
    public async Task A_customer_is_found_in_small_letters_and_without_accents()
    {
        await CommitAsync(records =>
        {
            records.Add(Sample.Customer(Merchant, "C-1") with { Name = "Café LUMIÈRE", Email = "compta@lumiere.test" });
            records.Add(Sample.Customer(Merchant, "C-2") with { Name = "Dupont" });
        });

        foreach (var typed in new[] { "lumiere", "Lumière", "CAFÉ l", "c-1", "compta@" })
        {
            var searched = SearchText.Of(typed);
            Assert.Equal("C-1", Assert.Single(await ReadAsync(records => records.ListAsync<Customer>(customer => customer.Searched.Contains(searched)))).Number);
        }
    }

    [Fact]
    public async Task The_week_says_what_stood_at_the_end_of_each_day()
    {
        // Monday 2 March. Invoiced on the 23rd: 1,000 due on the 27th and 500 due on the 10th. 400 of the first came on the 28th, and 100 today.
        var now = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);
        var late = Sample.Invoice(Merchant, "late", 1_000, new DateOnly(2026, 2, 27)) with { IssueDate = new DateOnly(2026, 2, 23), Open = new Money(500, "EUR"), Status = InvoiceStatus.PartlyPaid };
        var due = Sample.Invoice(Merchant, "due", 500, new DateOnly(2026, 3, 10)) with { IssueDate = new DateOnly(2026, 2, 23) };
        await CommitAsync(records =>
        {
            records.Add(Sample.Merchant(Merchant, "maison"));
            records.Add(late);
            records.Add(due);
            records.Post(Sample.Sale(Merchant, "i-late", 1_000, late.Id) with { At = now.AddDays(-7) });
            records.Post(Sample.Sale(Merchant, "i-due", 500, due.Id) with { At = now.AddDays(-7) });
            records.Post(Sample.Sale(Merchant, "p-1", -400, late.Id) with { At = now.AddDays(-2) });
            records.Post(Sample.Sale(Merchant, "p-2", -100, late.Id) with { At = now.AddHours(-1) });
            records.Add(Sample.Payment(Merchant, "p-1", 400, now.AddDays(-2)));
            records.Add(Sample.Payment(Merchant, "p-2", 100, now.AddHours(-1)));
        });

        await using var scope = House.Open(Merchant);
        var week = await scope.Services.GetRequiredService<ICollectionHistory>().WeekAsync(now);

        Assert.Equal([24, 25, 26, 27, 28, 1, 2], week.Select(day => day.Day.Day));
        Assert.Equal([1_500L, 1_500L, 1_500L, 1_500L, 1_100L, 1_100L, 1_000L], week.Select(day => day.OutstandingMinor));
        Assert.Equal([0L, 0L, 0L, 0L, 600L, 600L, 500L], week.Select(day => day.OverdueMinor));
        Assert.Equal([0L, 0L, 0L, 0L, 400L, 0L, 100L], week.Select(day => day.CollectedMinor));
        Assert.Equal([90.0m, 90.0m, 90.0m, 90.0m, 66.0m, 66.0m, 60.0m], week.Select(day => day.DsoDays));

        var figures = await scope.Services.GetRequiredService<ICollectionFigures>().AtAsync(now);
        Assert.Equal((60.0m, 30.0m, 1_500L), (figures.Dso.StandardDays, figures.Dso.AverageDaysDelinquent, figures.Dso.SalesMinor));

        // March sold nothing in its two days; February sold 1,500 in 28: 2 + 1,000 x 28 / 1,500 = 20.67.
        Assert.Equal((20.7m, false), (figures.Dso.CountBackDays, figures.Dso.CountBackIsAtLeast));
    }

    [Fact]
    public async Task The_month_says_where_its_money_went()
    {
        var now = new DateTimeOffset(2026, 3, 20, 9, 30, 0, TimeSpan.Zero);
        Invoice Due(string number, long amount, long open, int day) =>
            Sample.Invoice(Merchant, number, amount, new DateOnly(2026, 3, day)) with { Open = new Money(open, "EUR"), Status = open == 0 ? InvoiceStatus.Paid : open < amount ? InvoiceStatus.PartlyPaid : InvoiceStatus.Open };
        var reminded = Due("reminded", 1_000, 300, 5);
        var paid = Due("paid", 700, 0, 10);
        Invoice[] invoices =
        [
            reminded, paid, Due("disputed", 50, 50, 1) with { Disputed = true }, Due("promised", 60, 60, 2) with { PromisedUntil = new DateOnly(2026, 3, 25) },
            Due("broken promise", 70, 70, 3) with { PromisedUntil = new DateOnly(2026, 3, 19) }, Due("to come", 80, 80, 31), Due("withdrawn", 90, 90, 4) with { Status = InvoiceStatus.Cancelled },
            Sample.Invoice(Merchant, "next month", 9_999, new DateOnly(2026, 4, 1)),
        ];
        await CommitAsync(records =>
        {
            records.Add(Sample.Merchant(Merchant, "maison"));
            Array.ForEach(invoices, records.Add);
            records.Add(Sample.Payment(Merchant, "p-1", 600, now) with { InvoiceId = reminded.Id });
            records.Add(Sample.Payment(Merchant, "p-2", 700, now) with { InvoiceId = paid.Id, Method = PaymentMethod.Transfer });
            records.Add(Sample.Payment(Merchant, "p-3", 5_000, now) with { InvoiceId = reminded.Id, State = PaymentState.Refunded });
            records.Add(Reminder(reminded, "reminder.first", MessageStatus.Sent));
            records.Add(Reminder(paid, "receipt.paid", MessageStatus.Sent));
            records.Add(Reminder(paid, "reminder.first", MessageStatus.Cancelled));
        });

        await using var scope = House.Open(Merchant);
        var month = await scope.Services.GetRequiredService<ICollectionHistory>().MonthAsync(now);

        Assert.Equal((new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), 1_960L), (month.From, month.To, month.TotalMinor));
        Assert.Equal(
            [
                new FlowShare(true, FlowEnd.Paid, PaymentMethod.Card, 600),
                new FlowShare(false, FlowEnd.Paid, PaymentMethod.Transfer, 700),
                new FlowShare(true, FlowEnd.Settled, null, 100),
                new FlowShare(false, FlowEnd.Promised, null, 60),
                new FlowShare(false, FlowEnd.Disputed, null, 50),
                new FlowShare(true, FlowEnd.Overdue, null, 300),
                new FlowShare(false, FlowEnd.Overdue, null, 70),
                new FlowShare(false, FlowEnd.NotYetDue, null, 80),
            ],
            month.Shares);
    }

    [Fact]
    public async Task Customers_are_listed_by_what_they_owe()
    {
        var today = new DateOnly(2026, 3, 2);
        var customers = new[] { "Ädel", "Bois", "Cave" }.Select((name, index) => Sample.Customer(Merchant, $"C-{index}") with { Name = name }).ToList();
        await CommitAsync(records =>
        {
            records.Add(Sample.Merchant(Merchant, "maison"));
            customers.ForEach(records.Add);
            records.Add(Sample.Invoice(Merchant, "F-1", 900, today.AddDays(5), customers[0].Id));
            records.Add(Sample.Invoice(Merchant, "F-2", 100, today.AddDays(-5), customers[1].Id));
            records.Add(Sample.Invoice(Merchant, "F-3", 50, today, customers[1].Id));
            records.Add(Sample.Invoice(Merchant, "F-4", 70, today, customers[2].Id) with { Open = Money.Zero("EUR"), Status = InvoiceStatus.Paid });
            records.Post(Sample.Sale(Merchant, "credit", 33, customer: customers[2].Id) with
            {
                Lines =
                [
                    new LedgerLine { Account = LedgerAccount.Bank, AmountMinor = 33, Currency = "EUR" },
                    new LedgerLine { Account = LedgerAccount.CustomerCredit, AmountMinor = -33, Currency = "EUR", CustomerId = customers[2].Id },
                ],
            });
        });

        await using var scope = House.Open(Merchant);
        var figures = scope.Services.GetRequiredService<ICustomerFigures>();
        async Task<string> NamesAsync(CustomersOwing owing, CustomersOrder order, string? text = null) =>
            string.Join(' ', (await figures.PageAsync(new CustomersWanted(text, owing, order), today, 0, 10)).Select(one => $"{one.Customer.Name}:{one.OpenMinor}/{one.OverdueMinor}/{one.OpenInvoices}"));

        Assert.Equal("Bois:150/100/2 Ädel:900/0/1 Cave:0/0/0", await NamesAsync(CustomersOwing.All, CustomersOrder.Overdue));
        Assert.Equal("Ädel:900/0/1 Bois:150/100/2", await NamesAsync(CustomersOwing.Owing, CustomersOrder.Open));
        Assert.Equal("Bois:150/100/2", await NamesAsync(CustomersOwing.Overdue, CustomersOrder.Name));
        Assert.Equal("Ädel:900/0/1", await NamesAsync(CustomersOwing.All, CustomersOrder.Name, "ADEL"));
        Assert.Equal((3, 2, 1), (await CountAsync(CustomersOwing.All), await CountAsync(CustomersOwing.Owing), await CountAsync(CustomersOwing.Overdue)));
        var of = await figures.OfAsync([.. customers.Select(customer => customer.Id)], today);
        Assert.Equal(new CustomerFigures(150, 100, 0, 2, 1), of[customers[1].Id]);
        Assert.Equal(new CustomerFigures(0, 0, 33, 0, 0), of[customers[2].Id]);
        Assert.Empty(await figures.PageAsync(new CustomersWanted(null, CustomersOwing.All, CustomersOrder.Name), today, 3, 10));

        async Task<int> CountAsync(CustomersOwing owing) => await figures.CountAsync(new CustomersWanted(null, owing, CustomersOrder.Name), today);
    }

    [Fact]
    public async Task The_books_are_read_page_by_page()
    {
        await CommitAsync(records =>
        {
            for (var entry = 0; entry < 5; entry++)
            {
                records.Post(Sample.Sale(Merchant, $"e-{entry}", 100 + entry));
            }
        });

        await using var scope = House.Open(Merchant);
        var ledger = scope.Services.GetRequiredService<ILedger>();
        var first = await ledger.PageAsync(null, 3);
        var second = await ledger.PageAsync(first[^1].Id, 3);

        Assert.Equal((3, 2), (first.Count, second.Count));
        Assert.All(first.Concat(second), entry => Assert.Equal(0, entry.Lines.Sum(line => line.AmountMinor)));
        Assert.Equal(5, first.Concat(second).Select(entry => entry.Key).Distinct().Count());
    }

    private Message Reminder(Invoice invoice, string template, MessageStatus status) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = Merchant,
        Key = $"{invoice.Number}/{template}",
        CustomerId = invoice.CustomerId,
        InvoiceId = invoice.Id,
        Channel = MessageChannel.Email,
        Template = template,
        Language = "fr",
        Recipient = "payer@example.test",
        DueAt = TestDatabase.Start,
        PlannedAt = TestDatabase.Start,
        Status = status,
    };
}
