using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Tests.Debits;
using CentralPay.Workflows.Payments.Tests.Imports;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Tests.Requests;

/// <summary>What payers are asked for is what is owed, whatever happened to the invoice since they were asked.</summary>
public sealed class AskedAmountsTests
{
    private readonly DebitHouse debits = new();

    private TestHouse House => debits.Books;

    [Theory]
    [InlineData(8_000)]
    [InlineData(12_000)]
    public async Task A_corrected_invoice_is_asked_for_by_a_request_of_the_new_amount_and_the_old_one_is_cancelled_at_the_gateway(long correctedMinor)
    {
        var invoice = await ImportedAsync("100,00");
        var request = await AtGatewayAsync(await House.RequestAsync(invoice, House.Now.AddDays(30)));

        await CorrectAsync(correctedMinor);

        var old = House.Get<PaymentRequest>(request.Id);
        Assert.Equal(RequestStatus.Canceled, old.RequestStatus);
        Assert.Equal(old.Id, DomainJson.Read<RequestPayload>(Assert.Single(House.Effects(EffectKinds.CancelGatewayRequest)).PayloadJson).RequestId);
        var asked = Active(invoice);
        Assert.Equal((correctedMinor, request.Deadline), (asked.Amount.AmountMinor, asked.Deadline));
        Assert.Contains(House.Effects(EffectKinds.CreateGatewayRequest), effect => DomainJson.Read<RequestPayload>(effect.PayloadJson).RequestId == asked.Id);
        Assert.Equal(asked.Id, (await House.DoAsync<PaymentRequests, PaymentRequest>(requests => requests.InForceAsync(old))).Id);
    }

    [Fact]
    public async Task A_request_that_is_still_on_its_way_to_the_gateway_takes_the_new_amount()
    {
        var invoice = await ImportedAsync("100,00");
        var request = await House.RequestAsync(invoice);

        await CorrectAsync(8_000);

        Assert.Equal((request.Id, 8_000), (Active(invoice).Id, Active(invoice).Amount.AmountMinor));
        await AtGatewayAsync(request, amountMinor: 8_000);
        Assert.Single(House.All<PaymentRequest>());
    }

    [Fact]
    public async Task A_request_that_the_gateway_took_with_the_old_amount_while_the_invoice_was_corrected_is_replaced()
    {
        var invoice = await ImportedAsync("100,00");
        var request = await House.RequestAsync(invoice);
        await CorrectAsync(8_000);

        await AtGatewayAsync(request, amountMinor: 10_000);

        Assert.Equal(RequestStatus.Canceled, House.Get<PaymentRequest>(request.Id).RequestStatus);
        Assert.Single(House.Effects(EffectKinds.CancelGatewayRequest));
        Assert.Equal(8_000, Active(invoice).Amount.AmountMinor);
    }

    [Fact]
    public async Task Of_two_requests_for_one_invoice_both_ask_for_what_is_left_after_a_part_payment_and_both_end_when_all_is_paid()
    {
        var invoice = await ImportedAsync("100,00");
        var first = await AtGatewayAsync(await House.RequestAsync(invoice));
        var second = await AtGatewayAsync(await House.RequestAsync(invoice));

        await PayAsync(first, "tx-1", 4_000);

        var active = House.All<PaymentRequest>().Where(request => request.RequestStatus == RequestStatus.Active).ToArray();
        Assert.Equal(2, active.Length);
        Assert.All(active, request => Assert.Equal(6_000, (request.Amount - request.Paid).AmountMinor));
        Assert.Equal(RequestStatus.Canceled, House.Get<PaymentRequest>(second.Id).RequestStatus);
        Assert.Equal(RequestStatus.Active, House.Get<PaymentRequest>(first.Id).RequestStatus);

        await PayAsync(active[1], "tx-2", 6_000);

        Assert.DoesNotContain(House.All<PaymentRequest>(), request => request.RequestStatus == RequestStatus.Active);
        Assert.Equal(InvoiceStatus.Paid, House.Get<Invoice>(invoice.Id).Status);
        Assert.True(House.BooksBalance());
    }

    [Fact]
    public async Task A_part_that_came_past_the_gateway_is_not_taken_again_by_card()
    {
        var invoice = await ImportedAsync("100,00");
        var request = await AtGatewayAsync(await House.RequestAsync(invoice));

        await House.DoAsync<ReceiptBook, Booking>(book => book.BookAsync(new ReceivedMoney { SourceKey = "statement:1", Method = PaymentMethod.Transfer, Amount = TestHouse.Euros(4_000), ReceivedAt = House.Now, InvoiceId = invoice.Id, HeldOn = LedgerAccount.Bank }));

        Assert.Equal(RequestStatus.Canceled, House.Get<PaymentRequest>(request.Id).RequestStatus);
        Assert.Equal((6_000, 0), (Active(invoice).Amount.AmountMinor, Active(invoice).Paid.AmountMinor));
    }

    [Fact]
    public async Task A_transfer_from_the_banks_statement_with_the_requests_reference_ends_the_request_at_the_gateway_too()
    {
        var invoice = await ImportedAsync("100,00");
        var request = await AtGatewayAsync(await House.RequestAsync(invoice));

        await House.DoAsync<TransferIntake>(intake => intake.TakeInAsync([new ToldTransfer { SourceKey = "statement:1", Amount = TestHouse.Euros(10_000), BookedOn = new DateOnly(2026, 11, 3), Remittance = request.Reference }], CancellationToken.None));
        await House.DoAsync<TransferMatching, MatchDecision>(matching => matching.MatchAsync(House.All<IncomingTransfer>().Single().Id));

        Assert.Equal(InvoiceStatus.Paid, House.Get<Invoice>(invoice.Id).Status);
        Assert.Single(House.Effects(EffectKinds.CancelGatewayRequest));
    }

    [Fact]
    public async Task A_message_planned_with_a_request_that_was_replaced_carries_the_link_in_force()
    {
        var invoice = await ImportedAsync("100,00");
        var request = await AtGatewayAsync(await House.RequestAsync(invoice));
        var plan = await House.DoAsync<ContactPlanner, ContactPlan>(planner => planner.PlanAsync(
            new ContactIntent { CustomerId = invoice.CustomerId, InvoiceId = invoice.Id, RequestId = request.Id, Template = "reminder.first", Key = "case/step/9" }));

        await CorrectAsync(8_000);

        var text = await House.DoAsync<MessageComposer, ComposedMessage>(composer => composer.ComposeAsync(plan.Message!, "https://pay.test"));
        Assert.Contains(Active(invoice).LinkToken, text.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(request.LinkToken, text.Text, StringComparison.Ordinal);
        Assert.Contains("80,00", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_debit_that_was_not_announced_yet_takes_the_corrected_amount_on_its_day()
    {
        var debit = await debits.CreateAsync(await DebitableAsync(), notBefore: new DateOnly(2026, 12, 15));

        await CorrectAsync(12_000);

        Assert.Equal((12_000, debit.CollectOn, null), (debits.Debit(debit).Amount.AmountMinor, debits.Debit(debit).CollectOn, debits.Debit(debit).AnnouncedAt));
    }

    [Fact]
    public async Task An_announced_debit_of_less_is_told_again_and_keeps_its_day()
    {
        var debit = await debits.CreateAsync(await DebitableAsync());
        Assert.NotNull(debit.AnnouncedAt);

        await CorrectAsync(8_000);

        Assert.Equal((8_000, debit.CollectOn), (debits.Debit(debit).Amount.AmountMinor, debits.Debit(debit).CollectOn));
        Assert.Equal(2, House.Events.Count(name => name == EventNames.DebitUpcoming));
    }

    [Fact]
    public async Task An_announced_debit_of_more_begins_its_notice_anew_and_moves_with_it()
    {
        var debit = await debits.CreateAsync(await DebitableAsync());
        House.Clock.Move(TimeSpan.FromDays(7));

        await CorrectAsync(12_000);

        var corrected = debits.Debit(debit);
        Assert.Equal(12_000, corrected.Amount.AmountMinor);
        Assert.True(corrected.CollectOn.DayNumber - DateOnly.FromDateTime(House.Now.UtcDateTime).DayNumber >= 14, $"{corrected.CollectOn}");
        Assert.Equal(House.Now, corrected.AnnouncedAt);
    }

    [Fact]
    public async Task A_debit_agreed_without_notice_never_takes_more_than_was_agreed()
    {
        var debit = await debits.CreateAsync(await DebitableAsync(), noticeDays: 0);

        await CorrectAsync(12_000);

        Assert.Equal(10_000, debits.Debit(debit).Amount.AmountMinor);
    }

    [Fact]
    public async Task A_debit_that_has_left_stays_as_it_is_and_what_it_brings_too_much_is_credit_that_a_person_is_told_of()
    {
        var invoice = await DebitableAsync();
        var debit = await debits.CreateAsync(invoice, noticeDays: 0);
        await debits.TellAsync(debit, "PENDING");

        await CorrectAsync(8_000);
        Assert.Equal(10_000, debits.Debit(debit).Amount.AmountMinor);
        await debits.TellAsync(debit, "CLEARED");
        await debits.TellAsync(debit, "CLEARED");

        Assert.Equal((InvoiceStatus.Paid, -2_000), (House.Get<Invoice>(invoice.Id).Status, House.Balance(LedgerAccount.CustomerCredit)));
        var task = Assert.Single(House.All<WorkTask>(), task => task.Kind == "debit-surplus");
        Assert.Equal((2_000, WorkTaskStatus.Open), (task.AmountMinor, task.Status));
        Assert.True(House.BooksBalance());
    }

    private async Task<Invoice> ImportedAsync(string amount)
    {
        await ImportAsync(amount);
        return House.All<Invoice>().Single();
    }

    private async Task<Invoice> DebitableAsync()
    {
        var invoice = await ImportedAsync("100,00");
        await debits.SignedAsync(House.All<Customers.Customer>().Single());
        return invoice;
    }

    private Task CorrectAsync(long minor) => ImportAsync($"{minor / 100},{minor % 100:00}");

    private Task ImportAsync(string amount) => House.DoAsync<InvoiceImports, InvoiceImport>(imports => imports.RunAsync(Files.Of(Files.Row(amount: amount)), "invoices.csv", null));

    /// <summary>The gateway has the request, with the amount given or the one asked.</summary>
    private async Task<PaymentRequest> AtGatewayAsync(PaymentRequest request, long? amountMinor = null)
    {
        await TellAsync(request, "ACTIVE", "PENDING", amountMinor);
        return House.Get<PaymentRequest>(request.Id);
    }

    private Task PayAsync(PaymentRequest request, string transaction, long minor)
    {
        var left = House.Get<PaymentRequest>(request.Id) is var now ? (now.Amount - now.Paid).AmountMinor - minor : 0;
        return TellAsync(request, left == 0 ? "CLOSED" : "ACTIVE", left == 0 ? "PAID" : "PARTIAL", null, new GatewayPayment(transaction, PaymentMethod.Card, TestHouse.Euros(minor), House.Now));
    }

    private Task TellAsync(PaymentRequest request, string status, string money, long? amountMinor, params GatewayPayment[] payments) => House.DoAsync<GatewaySync>(sync => sync.ApplyAsync(new GatewayRequest
    {
        Id = $"gw-{request.Id:N}",
        MerchantPaymentRequestId = request.Id.ToString(),
        Amount = amountMinor is { } minor ? TestHouse.Euros(minor) : House.Get<PaymentRequest>(request.Id).Amount,
        Endpoint = $"https://pay.example.test/{request.Id:N}",
        RequestStatus = status,
        PaymentStatus = money,
        Payments = payments,
    }));

    private PaymentRequest Active(Invoice invoice) => Assert.Single(House.All<PaymentRequest>(), request => request.InvoiceId == invoice.Id && request.RequestStatus == RequestStatus.Active);
}
