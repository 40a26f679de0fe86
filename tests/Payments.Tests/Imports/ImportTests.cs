using System.Text;
using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Imports;

public sealed class ImportTests
{
    private readonly TestHouse house = new();

    [Fact]
    public async Task The_sample_brings_three_hundred_invoices_of_sixty_customers_and_refuses_its_six_bad_rows()
    {
        var import = await RunAsync(Files.Sample);

        Assert.Equal((ImportStatus.Completed, 306, 306, 300, 6), (import.Status, import.Rows, import.Handled, import.Accepted, import.Rejected));
        Assert.Equal((300, 60), (house.All<Invoice>().Count, house.All<Customer>().Count));
        Assert.Equal(
            [("amount", RuleCodes.AmountNegative), ("currency", RuleCodes.CurrencyUnknown), ("description", RuleCodes.Formula), ("description", RuleCodes.CardNumber), ("dueDate", RuleCodes.DateUnreadable), ("number", RuleCodes.NumberDuplicate)],
            RejectsFile.RejectsOf(import).Select(reject => (reject.Field, reject.Rule)));
        Assert.DoesNotContain("4556 5579", import.RejectsJson, StringComparison.Ordinal);
        Assert.Equal(300, house.Events.Count(name => name == EventNames.InvoiceImported));
        Assert.True(house.BooksBalance());
        Assert.Contains(house.All<Customer>(), customer => customer is { Name: "Boulangerie Lefèvre SARL", IsBusiness: true, Language: "fr" });
        Assert.Contains(house.All<Customer>(), customer => customer is { Name: "Emily Carter", IsBusiness: false, Language: "en" });
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        await RunAsync(Files.Sample);
        var (invoices, entries) = (house.All<Invoice>(), house.Store.EntriesOf(house.Merchant.Id).Count);

        var again = await RunAsync(Files.Sample);

        Assert.Equal((0, 0, 300, 6), (again.Accepted, again.Corrected, again.Unchanged, again.Rejected));
        Assert.Equal(invoices, house.All<Invoice>());
        Assert.Equal(entries, house.Store.EntriesOf(house.Merchant.Id).Count);
        Assert.Equal(300, house.Events.Count(name => name == EventNames.InvoiceImported));
    }

    [Fact]
    public async Task An_invoice_starts_with_the_scenario_of_itself_its_customer_or_the_merchant()
    {
        await house.CustomerAsync("C-2", customer => customer with { ScenarioId = "gentle" });
        var text = Files.Text(Files.Row() + ";hard", Files.Row("F-2", "C-2") + ";", Files.Row("F-3", "C-3") + ";").Replace("Segment\r\n", "Segment;Scénario\r\n", StringComparison.Ordinal);

        await RunAsync(Encoding.UTF8.GetBytes(text));

        var scenarios = house.All<DomainEvent>().Where(happened => happened.Name == EventNames.InvoiceImported).Select(happened => happened.DataJson).Order(StringComparer.Ordinal);
        Assert.Equal(["{\"number\":\"F-1\",\"scenarioId\":\"hard\"}", "{\"number\":\"F-2\",\"scenarioId\":\"gentle\"}", "{\"number\":\"F-3\",\"scenarioId\":\"soft-dunning\"}"], scenarios);
    }

    [Fact]
    public async Task A_changed_amount_is_a_correction_that_says_what_it_changed()
    {
        await RunAsync(Files.Of(Files.Row()));

        var import = await RunAsync(Files.Of(Files.Row(amount: "1 000,00", due: "15/11/2026")));

        Assert.Equal((0, 1, 0), (import.Accepted, import.Corrected, import.Unchanged));
        Assert.Equal(
            [new ImportCorrection(2, "F-1", "amount", "1234.56 EUR", "1000.00 EUR"), new ImportCorrection(2, "F-1", "dueDate", "2026-10-31", "2026-11-15")],
            RejectsFile.CorrectionsOf(import));
        var invoice = Assert.Single(house.All<Invoice>());
        Assert.Equal((100_000, 100_000, new DateOnly(2026, 11, 15)), (invoice.Amount.AmountMinor, invoice.Open.AmountMinor, invoice.DueDate));
        Assert.Contains(EventNames.InvoiceCorrected, house.Events);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_correction_down_to_what_was_paid_closes_the_invoice_and_its_request()
    {
        var request = await PaidAsync(60_000);

        await RunAsync(Files.Of(Files.Row(amount: "600,00")));

        var invoice = Assert.Single(house.All<Invoice>());
        Assert.Equal((InvoiceStatus.Paid, 0), (invoice.Status, invoice.Open.AmountMinor));
        Assert.Contains(EventNames.InvoicePaid, house.Events);
        Assert.Equal(RequestStatus.Closed, house.Get<PaymentRequest>(request.Id).RequestStatus);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_correction_below_what_was_paid_gives_the_rest_as_credit()
    {
        await PaidAsync(60_000);

        await RunAsync(Files.Of(Files.Row(amount: "500,00")));

        Assert.Equal(-10_000, house.Balance(LedgerAccount.CustomerCredit));
        Assert.Contains(EventNames.CreditCreated, house.Events);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_correction_upward_reopens_what_was_paid()
    {
        await PaidAsync(123_456);
        Assert.Equal(InvoiceStatus.Paid, house.All<Invoice>().Single().Status);

        await RunAsync(Files.Of(Files.Row(amount: "1 300,00")));

        var invoice = Assert.Single(house.All<Invoice>());
        Assert.Equal((InvoiceStatus.PartlyPaid, 6_544, null), (invoice.Status, invoice.Open.AmountMinor, invoice.PaidAt));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_paid_invoice_that_asks_for_more_begins_its_scenario_anew_and_the_ERP_is_told()
    {
        await PaidAsync(123_456);
        await house.ErpListensAsync();

        await RunAsync(Files.Of(Files.Row(amount: "1 300,00")));

        var told = JsonDocument.Parse(Assert.Single(house.All<DomainEvent>(), happened => happened.Name == EventNames.InvoiceReopened).DataJson).RootElement;
        Assert.Equal(("corrected", "soft-dunning", true), (told.GetProperty("reason").GetString(), told.GetProperty("scenarioId").GetString(), told.GetProperty("wasPaid").GetBoolean()));
        Assert.Contains("invoice.reopened", Assert.Single(house.Effects(EffectKinds.Webhook)).PayloadJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reminder_planned_before_an_invoice_was_paid_does_not_go_out_beside_those_of_its_new_case()
    {
        await RunAsync(Files.Of(Files.Row()));
        var invoice = house.All<Invoice>().Single();
        await house.DoAsync<ContactPlanner, ContactPlan>(planner => planner.PlanAsync(new ContactIntent { CustomerId = invoice.CustomerId, InvoiceId = invoice.Id, Template = MessageTemplates.ReminderFirst, Key = "case/remind" }));
        Assert.Equal(MessageStatus.Planned, Assert.Single(house.All<Message>()).Status);
        await PaidAsync(123_456);

        await RunAsync(Files.Of(Files.Row(amount: "1 300,00")));

        var message = Assert.Single(house.All<Message>());
        Assert.Equal((MessageStatus.Cancelled, ContactReasons.Paid), (message.Status, message.Reason));
    }

    [Fact]
    public async Task An_invoice_that_still_asks_for_something_goes_on_with_its_case_when_it_asks_for_more()
    {
        await PaidAsync(60_000);

        await RunAsync(Files.Of(Files.Row(amount: "1 300,00")));

        Assert.DoesNotContain(EventNames.InvoiceReopened, house.Events);
    }

    [Fact]
    public async Task Who_paid_all_owes_nothing_when_a_wrong_correction_is_put_right()
    {
        await PaidAsync(123_456);
        await RunAsync(Files.Of(Files.Row(amount: "500,00")));
        Assert.Equal(-73_456, house.Balance(LedgerAccount.CustomerCredit));

        await RunAsync(Files.Of(Files.Row()));

        Assert.Equal((InvoiceStatus.Paid, 0), (house.All<Invoice>().Single().Status, house.Balance(LedgerAccount.CustomerCredit)));
        Assert.DoesNotContain(EventNames.InvoiceReopened, house.Events);
        Assert.True(house.BooksBalance());

        await RunAsync(Files.Of(Files.Row(amount: "1 300,00")));

        Assert.Equal((6_544, 0), (house.All<Invoice>().Single().Open.AmountMinor, house.Balance(LedgerAccount.CustomerCredit)));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_known_invoice_changes_neither_its_currency_nor_its_customer()
    {
        await RunAsync(Files.Of(Files.Row(), Files.Row("F-2", "C-2")));

        var import = await RunAsync(Files.Of(Files.Row(currency: "USD"), Files.Row("F-2", "C-9")));

        Assert.Equal([RuleCodes.CurrencyChanged, RuleCodes.CustomerChanged], RejectsFile.RejectsOf(import).Select(reject => reject.Rule));
        Assert.DoesNotContain(house.All<Customer>(), customer => customer.Number == "C-9");
    }

    [Fact]
    public async Task A_customer_is_brought_up_to_date_but_a_missing_address_does_not_erase_the_known_one()
    {
        await RunAsync(Files.Of(Files.Row()));

        await RunAsync(Files.Of(Files.Row(name: "Dupont & Fils", email: "", language: "")));

        var customer = Assert.Single(house.All<Customer>());
        Assert.Equal(("Dupont & Fils", "compta@dupont.example.test", "fr"), (customer.Name, customer.Email, customer.Language));
    }

    [Theory]
    [InlineData("amount", "-12,00", RuleCodes.AmountNegative)]
    [InlineData("amount", "0", RuleCodes.AmountZero)]
    [InlineData("amount", "douze", RuleCodes.AmountUnreadable)]
    [InlineData("amount", "1,234", RuleCodes.AmountAmbiguous)]
    [InlineData("amount", "1,2345", RuleCodes.AmountDecimals)]
    [InlineData("amount", "92233720368547758,07", RuleCodes.AmountTooLarge)]
    [InlineData("amount", "9222233720368,07", RuleCodes.AmountTooLarge)]
    [InlineData("amount", "=1+1", RuleCodes.Formula)]
    [InlineData("currency", "EUX", RuleCodes.CurrencyUnknown)]
    [InlineData("email", "pas-une-adresse", RuleCodes.EmailInvalid)]
    [InlineData("email", "a@b", RuleCodes.EmailInvalid)]
    [InlineData("issueDate", "32/10/2026", RuleCodes.DateUnreadable)]
    [InlineData("dueDate", "12/31/2026", RuleCodes.DateUnreadable)]
    [InlineData("dueDate", "30/09/2026", RuleCodes.DueBeforeIssue)]
    [InlineData("dueDate", "31/10/2206", RuleCodes.DateOutOfRange)]
    [InlineData("dueDate", "", RuleCodes.Required)]
    [InlineData("language", "klingon", RuleCodes.LanguageUnknown)]
    [InlineData("segment", "B2X", RuleCodes.SegmentUnknown)]
    [InlineData("description", "@SUM(A1)", RuleCodes.Formula)]
    [InlineData("description", "carte 4556557955726624", RuleCodes.CardNumber)]
    [InlineData("customerName", "", RuleCodes.Required)]
    public async Task A_row_that_breaks_a_rule_is_refused_with_line_field_and_rule_while_the_others_go_in(string field, string cell, string rule)
    {
        var bad = Files.Row("F-2",
            amount: field == "amount" ? cell : "10,00",
            currency: field == "currency" ? cell : "EUR",
            email: field == "email" ? cell : "a@b.test",
            issued: field == "issueDate" ? cell : "01/10/2026",
            due: field == "dueDate" ? cell : "31/10/2026",
            language: field == "language" ? cell : "fr",
            segment: field == "segment" ? cell : "B2C",
            description: field == "description" ? cell : "x",
            name: field == "customerName" ? cell : "y");

        var import = await RunAsync(Files.Of(Files.Row(), bad, Files.Row("F-3")));

        var reject = Assert.Single(RejectsFile.RejectsOf(import));
        Assert.Equal((3, field, rule), (reject.Line, reject.Field, reject.Rule));
        Assert.Equal(2, import.Accepted);
    }

    [Fact]
    public async Task A_text_too_long_a_missing_cell_and_a_stray_quotation_mark_are_told_by_row()
    {
        var import = await RunAsync(Files.Of(Files.Row(description: new string('x', 501)), "F-2;C-2;Trop court", Files.Row("F-3", description: "Écran 12\" x"), Files.Row("F-4")));

        Assert.Equal([(2, "description", RuleCodes.TooLong), (3, "row", RuleCodes.RowColumns), (4, "row", RuleCodes.RowUnreadable)], RejectsFile.RejectsOf(import).Select(reject => (reject.Line, reject.Field, reject.Rule)));
        Assert.Equal(1, import.Accepted);
    }

    [Fact]
    public async Task A_cell_of_several_lines_does_not_shift_the_line_numbers_that_are_told()
    {
        var import = await RunAsync(Files.Of(Files.Row(description: "\"Lampes\nde bureau\""), Files.Row("F-2", amount: "-1")));

        Assert.Equal(4, Assert.Single(RejectsFile.RejectsOf(import)).Line);
    }

    [Fact]
    public async Task Progress_is_told_after_each_commit()
    {
        var told = new List<(int Handled, ImportStatus Status)>();
        var rows = Enumerable.Range(1, 1_200).Select(number => Files.Row($"F-{number}", $"C-{number % 40}", $"Client {number % 40}")).ToArray();

        await house.DoAsync<InvoiceImports, InvoiceImport>(imports => imports.RunAsync(Files.Of(rows), "big.csv", new Told(import => told.Add((import.Handled, import.Status)))));

        Assert.Equal([(0, ImportStatus.Running), (500, ImportStatus.Running), (1000, ImportStatus.Running), (1200, ImportStatus.Running), (1200, ImportStatus.Completed)], told);
        Assert.Equal(40, house.All<Customer>().Count);
    }

    [Fact]
    public async Task An_import_that_is_stopped_keeps_what_was_committed_and_can_be_repeated()
    {
        using var stop = new CancellationTokenSource();
        var rows = Enumerable.Range(1, 1_200).Select(number => Files.Row($"F-{number}")).ToArray();

        await Assert.ThrowsAsync<OperationCanceledException>(() => house.DoAsync<InvoiceImports, InvoiceImport>(imports =>
            imports.RunAsync(Files.Of(rows), "big.csv", new Told(import => { if (import.Handled == 500) { stop.Cancel(); } }), stop.Token)));
        Assert.Equal((ImportStatus.Interrupted, 500), (house.All<InvoiceImport>().Single().Status, house.All<Invoice>().Count));

        var again = await RunAsync(Files.Of(rows));
        Assert.Equal((700, 500), (again.Accepted, again.Unchanged));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_payment_that_comes_in_the_middle_of_a_correction_is_not_overwritten()
    {
        await RunAsync(Files.Of(Files.Row(amount: "100,00"), Files.Row("F-2", amount: "100,00")));
        var second = house.All<Invoice>().Single(invoice => invoice.Number == "F-2");
        house.OnEvent = happened =>
        {
            house.OnEvent = null;
            Assert.Equal(EventNames.InvoiceCorrected, happened.Name);
            house.DoAsync<ReceiptBook, Booking>(book => book.BookAsync(new ReceivedMoney { SourceKey = "tx", Method = PaymentMethod.Card, Amount = new Money(4_000, "EUR"), ReceivedAt = house.Now, InvoiceId = second.Id })).GetAwaiter().GetResult();
        };

        var import = await RunAsync(Files.Of(Files.Row(amount: "90,00"), Files.Row("F-2", amount: "90,00")));

        Assert.Equal((2, 5_000), (import.Corrected, house.Get<Invoice>(second.Id).Open.AmountMinor));
        Assert.Equal(2, RejectsFile.CorrectionsOf(import).Count);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task Who_may_not_import_imports_nothing()
    {
        await Assert.ThrowsAsync<AccessDeniedException>(() => house.DoAsync<InvoiceImports, InvoiceImport>(imports => imports.RunAsync(Files.Of(Files.Row()), "x.csv", null), TestHouse.Person(Permissions.Read)));

        Assert.Empty(house.All<InvoiceImport>());
    }

    [Fact]
    public async Task A_preview_shows_the_first_rows_and_the_mapping_and_changes_nothing()
    {
        var preview = await house.DoAsync<InvoiceImports, ImportPreview>(imports => imports.PreviewAsync(Files.Sample, "C:\\temp\\invoices.csv"));

        Assert.Equal(("UTF-8", ';', 306, 300, 6, 10), (preview.Encoding, preview.Separator, preview.Rows, preview.Valid, preview.Rejected, preview.FirstRows.Count));
        Assert.Equal("Date d'échéance", preview.Columns.Single(column => column.Field == "dueDate").Heading);
        Assert.Null(preview.Columns.Single(column => column.Field == "scenario").Heading);
        Assert.Equal("F-2026-0001", preview.FirstRows[0].Number);
        Assert.Empty(house.All<Invoice>());
    }

    [Fact]
    public async Task Rejects_can_be_downloaded_and_opened_without_running_anything()
    {
        var import = await RunAsync(Files.Of(Files.Row(description: "=cmd|' /C calc'!A0"), Files.Row("F-2", amount: "-5")));

        var file = Encoding.UTF8.GetString(RejectsFile.Write(RejectsFile.RejectsOf(import), ["Ligne", "Champ", "Règle", "Valeur"], reject => "= " + reject.Rule));

        Assert.Equal("\uFEFFLigne;Champ;Règle;Valeur\r\n2;description;'= formula;'=cmd|' /C calc'!A0\r\n3;amount;'= amount-negative;-5\r\n", file);
    }

    private Task<InvoiceImport> RunAsync(byte[] content) => house.DoAsync<InvoiceImports, InvoiceImport>(imports => imports.RunAsync(content, "invoices.csv", null));

    private async Task<PaymentRequest> PaidAsync(long minor)
    {
        await RunAsync(Files.Of(Files.Row()));
        var request = await house.RequestAsync(house.All<Invoice>().Single());
        await house.DoAsync<ReceiptBook, Booking>(book => book.BookAsync(new ReceivedMoney { SourceKey = "tx", Method = PaymentMethod.Card, Amount = new Money(minor, "EUR"), ReceivedAt = house.Now, RequestId = request.Id }));
        return request;
    }

    private sealed class Told(Action<InvoiceImport> tell) : IProgress<InvoiceImport>
    {
        public void Report(InvoiceImport value) => tell(value);
    }
}
