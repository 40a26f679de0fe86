using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Tests.Payouts;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Tests.Transfers;

/// <summary>What a statement's transfers are proposed for, and how people decide, split and undo.</summary>
public sealed class TransferWorkbenchTests
{
    private const string PayerIban = "DE89370400440532013000";

    private readonly TestHouse house = new();
    private int told;

    [Theory]
    [InlineData("F20260001")]
    [InlineData("fact.F/2026/0001.")]
    [InlineData("REGLT F-2026/0001,MERCI")]
    [InlineData("F.2026.0001")]
    [InlineData("F 20 26 00 01")]
    public async Task A_number_is_found_however_the_payer_spaced_and_dotted_it(string text)
    {
        await house.InvoiceAsync(10_000);

        Assert.Equal((TransferStatus.Matched, MatchReasons.InvoiceNumber), Told(await MatchAsync(10_000, text)));
    }

    [Theory]
    [InlineData("REF20260001")]
    [InlineData("F-2026-00012")]
    public async Task A_part_of_a_longer_word_or_number_is_no_number(string text)
    {
        await house.InvoiceAsync(20_000);

        var decision = await MatchAsync(10_000, text);
        Assert.Equal(TransferStatus.ToDecide, decision.Status);
        Assert.DoesNotContain(decision.Reasons, reason => reason.Code == MatchReasons.InvoiceNumber);
    }

    [Theory]
    [InlineData("F-2026-0l01")]
    [InlineData("F-2026-0011")]
    [InlineData("F-2026-001")]
    [InlineData("F-2026-00101")]
    [InlineData("F-2026-1001")]
    [InlineData("F-2062-0101")]
    [InlineData("E 2026 0101")]
    public async Task A_number_with_one_typing_error_is_proposed_not_cleared(string text)
    {
        await house.InvoiceAsync(10_000, "E-2026-0555");
        var invoice = await house.InvoiceAsync(12_000, "F-2026-0101");
        await KnowsIbanAsync();

        var decision = await MatchAsync(12_000, text, "DUPONT", PayerIban);
        var proposals = await ProposalsAsync(decision);

        Assert.Equal(TransferStatus.ToDecide, decision.Status);
        Assert.Equal(invoice.Id, proposals[0].Parts.Single().InvoiceId);
        Assert.Contains(proposals[0].Reasons, reason => reason is { Code: MatchReasons.AmountExact });
    }

    [Fact]
    public async Task Several_numbers_whose_sum_is_what_came_clear_together()
    {
        var first = await house.InvoiceAsync(10_000);
        var second = await house.InvoiceAsync(5_000, "F-2026-0002");

        var decision = await MatchAsync(15_000, "F-2026-0001 + F-2026-0002");

        Assert.Equal(TransferStatus.Matched, decision.Status);
        Assert.All([first, second], invoice => Assert.Equal(InvoiceStatus.Paid, house.Get<Invoice>(invoice.Id).Status));
        Assert.Equal([5_000L, 10_000L], house.All<Payment>().Select(payment => payment.Amount.AmountMinor).Order());
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_known_account_with_the_exact_amount_of_one_debt_clears_without_a_number()
    {
        await KnowsIbanAsync();
        await house.InvoiceAsync(7_000, "F-2026-0007");
        await house.InvoiceAsync(9_000, "F-2026-0008");

        var decision = await MatchAsync(7_000, "virement", "X", PayerIban);

        Assert.Equal((TransferStatus.Matched, MatchReasons.IbanKnown), Told(decision));
    }

    [Fact]
    public async Task A_known_account_with_all_that_is_owed_pays_it_all()
    {
        await KnowsIbanAsync();
        await house.InvoiceAsync(7_000, "F-2026-0007");
        await house.InvoiceAsync(9_000, "F-2026-0008");
        await house.InvoiceAsync(1_000, "F-2026-0009");

        var decision = await MatchAsync(17_000, "solde", null, PayerIban);

        Assert.Equal((TransferStatus.Matched, MatchReasons.PayerTotal), Told(decision));
        Assert.All(house.All<Invoice>(), invoice => Assert.True(invoice.Open.IsZero));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task Some_of_the_payers_debts_that_add_up_are_proposed()
    {
        await KnowsIbanAsync();
        var (a, b) = (await house.InvoiceAsync(7_000, "F-2026-0007"), await house.InvoiceAsync(9_000, "F-2026-0008"));
        await house.InvoiceAsync(1_300, "F-2026-0009");

        var decision = await MatchAsync(16_000, "solde", null, PayerIban);
        var proposal = (await ProposalsAsync(decision))[0];

        Assert.Equal(TransferStatus.ToDecide, decision.Status);
        Assert.Equal([a.Id, b.Id], proposal.Parts.Select(part => part.InvoiceId));
        Assert.Contains(proposal.Reasons, reason => reason.Code == MatchReasons.PayerSeveral);
    }

    [Fact]
    public async Task Two_debts_of_the_same_amount_are_a_tie_also_for_a_known_account()
    {
        await KnowsIbanAsync();
        await house.InvoiceAsync(7_000, "F-2026-0007");
        await house.InvoiceAsync(7_000, "F-2026-0008");

        var decision = await MatchAsync(7_000, "virement", null, PayerIban);

        Assert.Equal((TransferStatus.ToDecide, MatchReasons.SeveralCandidates), Told(decision));
        Assert.Equal(2, (await ProposalsAsync(decision)).Count);
    }

    [Fact]
    public async Task A_name_alone_is_a_suggestion()
    {
        await house.InvoiceAsync(7_000, "F-2026-0007");

        var decision = await MatchAsync(7_000, "virement", "DUPONT SARL");
        var proposal = (await ProposalsAsync(decision)).Single();

        Assert.Equal(TransferStatus.ToDecide, decision.Status);
        Assert.Equal([MatchReasons.NameAgrees, MatchReasons.AmountExact], proposal.Reasons.Select(reason => reason.Code).Order(StringComparer.Ordinal).Reverse());
        Assert.InRange(proposal.Confidence, 30, 60);
    }

    [Fact]
    public async Task A_number_that_does_not_exist_keeps_a_known_account_from_clearing()
    {
        await KnowsIbanAsync();
        await house.InvoiceAsync(7_000, "F-2026-0007");

        var decision = await MatchAsync(7_000, "F-2031-4444", null, PayerIban);

        Assert.Equal((TransferStatus.ToDecide, MatchReasons.NumberUnknown), Told(decision));
    }

    [Fact]
    public async Task A_transfer_is_split_over_several_invoices_to_the_cent()
    {
        var (a, b) = (await house.InvoiceAsync(7_000, "F-2026-0007"), await house.InvoiceAsync(9_000, "F-2026-0008"));
        var transfer = await UndecidedAsync(10_000);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => SplitAsync(transfer, (a, 7_000), (b, 2_999)));
        Assert.Equal(("parts", RuleCodes.SplitSum, "100.00", "99.99"), (refused.Violations[0].Field, refused.Violations[0].Code, refused.Violations[0].Arguments["expected"], refused.Violations[0].Arguments["found"]));
        refused = await Assert.ThrowsAsync<RuleViolationException>(() => SplitAsync(transfer, (a, 12_000), (a, -2_000)));
        Assert.Equal("parts[1].invoiceId", refused.Violations[0].Field);
        Assert.Empty(house.All<Payment>());
        var decision = await SplitAsync(transfer, (a, 7_000), (b, 3_000));

        Assert.Equal(TransferStatus.Matched, decision.Status);
        Assert.Equal((InvoiceStatus.Paid, InvoiceStatus.PartlyPaid), (house.Get<Invoice>(a.Id).Status, house.Get<Invoice>(b.Id).Status));
        Assert.Equal("Agnès Martin", house.Get<IncomingTransfer>(transfer.Id).DecidedBy);
        Assert.Equal(WorkTaskStatus.Done, house.All<WorkTask>().Single().Status);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task Undoing_a_match_reverses_its_bookings_and_lets_the_invoice_be_owed_again()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var request = await house.RequestAsync(invoice);
        await house.ErpListensAsync();
        var decision = await MatchAsync(10_000, "F-2026-0001");

        var undone = await UndoAsync(decision.TransferId);

        Assert.Equal((TransferStatus.ToDecide, null, 1), (undone.Status, undone.InvoiceId, undone.Undone));
        Assert.Equal((InvoiceStatus.Open, 10_000), (house.Get<Invoice>(invoice.Id).Status, house.Get<Invoice>(invoice.Id).Open.AmountMinor));
        Assert.Equal((RequestStatus.Closed, RequestPaymentStatus.Unpaid, 0), (house.Get<PaymentRequest>(request.Id).RequestStatus, house.Get<PaymentRequest>(request.Id).PaymentStatus, house.Get<PaymentRequest>(request.Id).Paid.AmountMinor));
        Assert.Equal((10_000, -10_000), (house.Balance(LedgerAccount.Bank), house.Balance(LedgerAccount.UnallocatedReceipts)));
        Assert.Equal(PaymentState.Unmatched, house.All<Payment>().Single().State);
        Assert.Equal([EventNames.InvoiceReopened, EventNames.TransferUndone], house.Events.Where(name => name is EventNames.InvoiceReopened or EventNames.TransferUndone));
        Assert.Single(house.Effects(EffectKinds.Webhook));
        Assert.Equal(WorkTaskStatus.Open, house.All<WorkTask>().Single().Status);
        Assert.Contains(house.All<AuditEntry>(), entry => entry.Action == "transfer.undone");
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task What_was_undone_is_decided_again_by_a_person_and_never_alone()
    {
        await house.InvoiceAsync(10_000);
        var other = await house.InvoiceAsync(10_000, "F-2026-0002");
        var decision = await MatchAsync(10_000, "F-2026-0001");
        await UndoAsync(decision.TransferId);

        var alone = await house.DoAsync<TransferMatching, MatchDecision>(matching => matching.MatchAsync(decision.TransferId));
        Assert.Equal((TransferStatus.ToDecide, MatchReasons.Undone), Told(alone));
        await SplitAsync(house.Get<IncomingTransfer>(decision.TransferId), (other, 10_000));
        await UndoAsync(decision.TransferId);
        await SplitAsync(house.Get<IncomingTransfer>(decision.TransferId), (other, 10_000));

        Assert.Equal(InvoiceStatus.Paid, house.Get<Invoice>(other.Id).Status);
        Assert.Equal((10_000, 0), (house.Balance(LedgerAccount.Bank), house.Balance(LedgerAccount.UnallocatedReceipts)));
        Assert.Equal(3, house.All<Payment>().Count);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task An_undone_match_teaches_nothing_about_the_payers_account()
    {
        await house.InvoiceAsync(10_000);
        var decision = await MatchAsync(10_000, "F-2026-0001", null, PayerIban);
        await UndoAsync(decision.TransferId);
        await house.InvoiceAsync(7_000, "F-2026-0007");

        Assert.Equal(TransferStatus.ToDecide, (await MatchAsync(7_000, "virement", null, PayerIban)).Status);
    }

    [Fact]
    public async Task Credit_that_came_of_the_transfer_goes_with_it_unless_it_was_used()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var decision = await MatchAsync(12_000, "F-2026-0001", "DUPONT");
        Assert.Equal(-2_000, house.Balance(LedgerAccount.CustomerCredit));
        await UndoAsync(decision.TransferId);
        Assert.Equal(0, house.Balance(LedgerAccount.CustomerCredit));

        await SplitAsync(house.Get<IncomingTransfer>(decision.TransferId), (invoice, 12_000));
        await house.InScopeAsync(provider =>
        {
            ((Records.IMerchantRecords)provider.GetService(typeof(Records.IMerchantRecords))!).Post(new LedgerEntry
            {
                Id = Guid.CreateVersion7(),
                MerchantId = house.Merchant.Id,
                Key = "refund:1",
                Kind = "refund",
                At = house.Now,
                Lines = [Line(LedgerAccount.CustomerCredit, 500, invoice.CustomerId), Line(LedgerAccount.Bank, -500, null)],
            });
            return Task.FromResult(true);
        });
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => UndoAsync(decision.TransferId));

        Assert.Equal(RuleCodes.CreditUsed, refused.Violations[0].Code);
        Assert.Equal(InvoiceStatus.Paid, house.Get<Invoice>(invoice.Id).Status);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_third_partys_share_follows_the_money_that_is_taken_off()
    {
        var affiliate = await house.AddAsync();
        var invoice = await house.InvoiceAsync(10_000);
        var decision = await MatchAsync(10_000, "F-2026-0001");
        await house.SplitAsync(invoice);
        Assert.Equal(1_000, house.Owed(affiliate));

        await UndoAsync(decision.TransferId);

        Assert.Equal(0, house.Owed(affiliate));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task An_invoice_that_was_lowered_meanwhile_is_owed_again_up_to_its_new_amount()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var decision = await MatchAsync(10_000, "F-2026-0001");
        await house.LowerAsync(invoice, 8_000);
        Assert.Equal(-2_000, house.Balance(LedgerAccount.CustomerCredit));

        await UndoAsync(decision.TransferId);

        Assert.Equal((8_000, 0), (house.Get<Invoice>(invoice.Id).Open.AmountMinor, house.Balance(LedgerAccount.CustomerCredit)));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task What_a_correction_made_credit_pays_first_when_one_of_two_payments_is_taken_off()
    {
        var invoice = await house.InvoiceAsync(10_000);
        await MatchAsync(5_000, "F-2026-0001");
        var second = await MatchAsync(5_000, "F-2026-0001");
        await house.LowerAsync(invoice, 6_000);

        await UndoAsync(second.TransferId);

        // 60.00 are asked, 50.00 are paid.
        Assert.Equal((1_000, 0), (house.Get<Invoice>(invoice.Id).Open.AmountMinor, house.Balance(LedgerAccount.CustomerCredit)));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task Taking_off_a_payment_that_is_all_credit_by_now_reopens_nothing()
    {
        var invoice = await house.InvoiceAsync(10_000);
        await MatchAsync(7_000, "F-2026-0001");
        var second = await MatchAsync(3_000, "F-2026-0001");
        await house.LowerAsync(invoice, 6_000);

        await UndoAsync(second.TransferId);

        Assert.Equal((InvoiceStatus.Paid, -1_000), (house.Get<Invoice>(invoice.Id).Status, house.Balance(LedgerAccount.CustomerCredit)));
        Assert.DoesNotContain(EventNames.InvoiceReopened, house.Events);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task Who_may_not_decide_can_neither_split_nor_undo()
    {
        var invoice = await house.InvoiceAsync(10_000);
        var decision = await MatchAsync(10_000, "F-2026-0001");

        await Assert.ThrowsAsync<AccessDeniedException>(() => UndoAsync(decision.TransferId, TestHouse.Person(Permissions.WorkTasks)));
        await Assert.ThrowsAsync<AccessDeniedException>(() => house.DoAsync<TransferMatching, MatchDecision>(
            matching => matching.SplitAsync(decision.TransferId, [new MatchPart(invoice.Id, TestHouse.Euros(1))]), TestHouse.Person(Permissions.WorkTasks)));
    }

    private static LedgerLine Line(LedgerAccount account, long minor, Guid? customerId) => new() { Account = account, AmountMinor = minor, Currency = "EUR", CustomerId = customerId };

    private static (TransferStatus, string) Told(MatchDecision decision) => (decision.Status, decision.Reasons[0].Code);

    private async Task KnowsIbanAsync()
    {
        var invoice = await house.InvoiceAsync(3_333, "F-2020-9000");
        await MatchAsync(3_333, "F-2020-9000", null, PayerIban);
        Assert.Equal(InvoiceStatus.Paid, house.Get<Invoice>(invoice.Id).Status);
    }

    private Task<MatchDecision> SplitAsync(IncomingTransfer transfer, params (Invoice Invoice, long Minor)[] parts) => house.DoAsync<TransferMatching, MatchDecision>(
        matching => matching.SplitAsync(transfer.Id, [.. parts.Select(part => new MatchPart(part.Invoice.Id, TestHouse.Euros(part.Minor)))]), TestHouse.Person(Permissions.DecideTransfers));

    private Task<IncomingTransfer> UndoAsync(Guid transferId, Actor? actor = null) =>
        house.DoAsync<TransferMatching, IncomingTransfer>(matching => matching.UndoAsync(transferId), actor ?? TestHouse.Person(Permissions.DecideTransfers));

    private Task<IReadOnlyList<MatchProposal>> ProposalsAsync(MatchDecision decision) =>
        house.DoAsync<TransferMatching, IReadOnlyList<MatchProposal>>(matching => matching.ProposalsAsync(decision.TransferId));

    private async Task<IncomingTransfer> UndecidedAsync(long minor) => house.Get<IncomingTransfer>((await MatchAsync(minor, "bonjour")).TransferId);

    private async Task<MatchDecision> MatchAsync(long minor, string? text, string? payer = null, string? payerIban = null)
    {
        var key = $"statement:{++told}";
        await house.DoAsync<TransferIntake, int>(intake => intake.TakeInAsync(
            [new ToldTransfer { SourceKey = key, Amount = TestHouse.Euros(minor), BookedOn = new DateOnly(2026, 11, 3), Remittance = text, DebtorName = payer, DebtorIban = payerIban }]));
        var transfer = house.All<IncomingTransfer>().Single(transfer => transfer.SourceKey == key);
        return await house.DoAsync<TransferMatching, MatchDecision>(matching => matching.MatchAsync(transfer.Id));
    }
}
