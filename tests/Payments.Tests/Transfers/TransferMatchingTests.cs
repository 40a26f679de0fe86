using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Tests.Transfers;

public sealed class TransferMatchingTests
{
    private const string DebtIban = "FR1420041010050500013M02606";

    private readonly TestHouse house = new();

    [Fact]
    public async Task A_transfer_to_the_debts_own_account_number_is_booked_whatever_the_payer_wrote()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var request = await RequestAsync(invoice);

        var decision = await MatchAsync(10_000, iban: "FR14 2004 1010 0505 0001 3M02 606", text: "merci");

        Assert.Equal((TransferStatus.Matched, invoice.Id), (decision.Status, decision.InvoiceId));
        Assert.Equal([MatchReasons.VirtualIban, MatchReasons.AmountExact], decision.Reasons.Select(reason => reason.Code));
        Assert.Equal(RequestPaymentStatus.Paid, house.Get<PaymentRequest>(request.Id).PaymentStatus);
        Assert.Equal((0, 10_000), (house.Balance(LedgerAccount.UnallocatedReceipts), house.Balance(LedgerAccount.Bank)));
        Assert.Empty(house.Effects(EffectKinds.CancelGatewayRequest));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_second_transfer_for_a_paid_debt_is_the_customers_credit()
    {
        await RequestAsync(await house.InvoiceAsync(10_000));
        await MatchAsync(10_000, iban: DebtIban);

        var second = await MatchAsync(10_000, iban: DebtIban);

        Assert.Equal(TestHouse.Euros(10_000), second.Booking!.Credited);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_structured_reference_in_the_text_clears_alone_and_the_gateway_is_told_that_nothing_is_asked_any_more()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var request = await RequestAsync(invoice);

        var decision = await MatchAsync(10_000, text: $"reglement {CreditorReference.Format(request.Reference).ToLowerInvariant()} merci");

        Assert.Equal((TransferStatus.Matched, MatchReasons.Reference), (decision.Status, decision.Reasons[0].Code));
        Assert.Equal(RequestPaymentStatus.Paid, house.Get<PaymentRequest>(request.Id).PaymentStatus);
        Assert.Single(house.Effects(EffectKinds.CancelGatewayRequest));
    }

    [Fact]
    public async Task A_transfer_with_one_digit_wrong_in_its_reference_is_not_cleared()
    {
        var request = await RequestAsync(await house.InvoiceAsync(10_000));
        var wrong = request.Reference[..^1] + (request.Reference[^1] == '7' ? '8' : '7');

        Assert.Equal(TransferStatus.ToDecide, (await MatchAsync(10_000, text: wrong)).Status);
    }

    [Theory]
    [InlineData("Facture F-2026-0001")]
    [InlineData("fact. f-2026-0001, merci")]
    [InlineData("VIR F 2026 0001 DUPONT")]
    public async Task An_invoice_number_in_free_text_clears_when_the_amount_fits(string text)
    {
        await house.InvoiceAsync(10_000);

        var decision = await MatchAsync(10_000, text: text);

        Assert.Equal((TransferStatus.Matched, MatchReasons.InvoiceNumber, MatchReasons.AmountExact), (decision.Status, decision.Reasons[0].Code, decision.Reasons[1].Code));
    }

    [Fact]
    public async Task An_over_payment_by_invoice_number_clears_only_when_the_payer_is_known()
    {
        await house.InvoiceAsync(10_000);

        Assert.Equal(TransferStatus.ToDecide, (await MatchAsync(12_000, text: "F-2026-0001", payer: "Société Lambda")).Status);
        var known = await MatchAsync(12_000, text: "F-2026-0001", payer: "SARL DUPONT");
        Assert.Equal((TransferStatus.Matched, 2_000), (known.Status, known.Booking!.Credited.AmountMinor));
        Assert.Contains(known.Reasons, reason => reason.Code == MatchReasons.NameAgrees);
    }

    [Fact]
    public async Task A_payer_who_paid_from_the_account_before_is_known()
    {
        await house.InvoiceAsync(10_000);
        await MatchAsync(10_000, text: "F-2026-0001", payerIban: "DE89370400440532013000");
        await house.InvoiceAsync(5_000, "F-2026-0002");

        var decision = await MatchAsync(6_000, text: "F-2026-0002", payer: "X", payerIban: "DE89370400440532013000");

        Assert.Contains(decision.Reasons, reason => reason.Code == MatchReasons.IbanKnown);
        Assert.Equal(TransferStatus.Matched, decision.Status);
    }

    [Fact]
    public async Task A_tie_is_never_a_match_but_a_task()
    {
        await house.InvoiceAsync(10_000);
        await house.InvoiceAsync(10_000, "F-2026-0002");

        var decision = await MatchAsync(10_000, text: "F-2026-0001 et F-2026-0002");

        Assert.Equal((TransferStatus.ToDecide, MatchReasons.SeveralCandidates), (decision.Status, decision.Reasons[0].Code));
        Assert.Equal(2, decision.CandidateInvoiceIds.Count);
        Assert.Equal(TransferMatching.TaskKind, Assert.Single(house.All<WorkTask>()).Kind);
        Assert.Equal(-10_000, house.Balance(LedgerAccount.UnallocatedReceipts));
    }

    [Fact]
    public async Task A_number_of_an_invoice_that_is_paid_already_is_for_a_person_to_decide()
    {
        await house.InvoiceAsync(10_000);
        await MatchAsync(10_000, text: "F-2026-0001");

        Assert.Equal(MatchReasons.AlreadyPaid, (await MatchAsync(10_000, text: "F-2026-0001")).Reasons[0].Code);
    }

    [Fact]
    public async Task Looking_again_at_what_nobody_decided_makes_no_second_task()
    {
        await MatchAsync(10_000, text: "bonjour");
        var transfer = house.All<IncomingTransfer>().Single();

        var again = await house.DoAsync<TransferMatching, MatchDecision>(matching => matching.MatchAsync(transfer.Id));

        Assert.Equal(MatchReasons.NoCandidate, again.Reasons[0].Code);
        Assert.Single(house.All<WorkTask>());
        Assert.Single(house.Events, EventNames.TransferUnmatched);
    }

    [Fact]
    public async Task A_person_decides_and_the_task_is_done()
    {
        var invoice = await house.InvoiceAsync(10_000);
        await MatchAsync(10_000, text: "bonjour");
        var transfer = house.All<IncomingTransfer>().Single();

        await Assert.ThrowsAsync<AccessDeniedException>(() => DecideAsync(transfer, invoice, TestHouse.Person(Permissions.Read)));
        var decision = await DecideAsync(transfer, invoice, TestHouse.Person(Permissions.DecideTransfers));

        Assert.Equal(new MatchReason(MatchReasons.DecidedByPerson, "Agnès Martin"), decision.Reasons[0]);
        Assert.Equal(WorkTaskStatus.Done, house.All<WorkTask>().Single().Status);
        Assert.Equal(InvoiceStatus.Paid, house.Get<Invoice>(invoice.Id).Status);
        Assert.True(house.BooksBalance());
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => DecideAsync(transfer, invoice, Actor.System));
        Assert.Equal(RuleCodes.TransferDecided, refused.Violations[0].Code);
    }

    private Task<MatchDecision> DecideAsync(IncomingTransfer transfer, Invoice invoice, Actor actor) =>
        house.DoAsync<TransferMatching, MatchDecision>(matching => matching.DecideAsync(transfer.Id, invoice.Id), actor);

    private async Task<PaymentRequest> RequestAsync(Invoice invoice)
    {
        var request = await house.RequestAsync(invoice);
        await house.DoAsync<GatewaySync>(sync => sync.ApplyAsync(new GatewayRequest
        {
            Id = "gw",
            MerchantPaymentRequestId = request.Id.ToString(),
            Endpoint = "https://gw.example.test",
            VirtualIban = DebtIban,
            RequestStatus = "ACTIVE",
            PaymentStatus = "PENDING",
        }));
        return request;
    }

    private async Task<MatchDecision> MatchAsync(long minor, string? iban = null, string? text = null, string? payer = null, string? payerIban = null)
    {
        var id = Guid.CreateVersion7().ToString();
        await house.DoAsync<GatewaySync>(sync => sync.TakeInAsync(new GatewayTransfer
        {
            Id = id,
            Amount = TestHouse.Euros(minor),
            BookedOn = new DateOnly(2026, 11, 3),
            CreditorIban = iban,
            Remittance = text,
            DebtorName = payer,
            DebtorIban = payerIban,
        }));
        var transfer = house.All<IncomingTransfer>().Single(transfer => transfer.SourceKey == "gateway:" + id);
        return await house.DoAsync<TransferMatching, MatchDecision>(matching => matching.MatchAsync(transfer.Id));
    }
}
