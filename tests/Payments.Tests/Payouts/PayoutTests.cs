using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Tests.Payouts;

public sealed class PayoutTests
{
    [Fact]
    public async Task A_tenth_of_a_paid_invoice_is_owed_to_the_third_party_and_the_merchant_keeps_the_odd_cent()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();

        var split = await house.SplitAsync(await house.TransferredAsync(12_345, "F-1"));

        Assert.Equal(1_234, split!.Amount.AmountMinor);
        Assert.Equal(1_234, house.Owed(affiliate));
        Assert.Equal(1_234, house.Balance(LedgerAccount.ThirdPartyShares));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_share_is_booked_once_under_its_key_and_once_by_what_was_collected()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        var invoice = await house.TransferredAsync(10_000, "F-1");

        var first = await house.SplitAsync(invoice, key: "case/1");
        var again = await house.SplitAsync(invoice, key: "case/1");
        var otherStep = await house.SplitAsync(invoice, key: "case/2");

        Assert.Equal(first!.Id, again!.Id);
        Assert.Null(otherStep);
        Assert.Equal(1_000, house.Owed(affiliate));
    }

    [Fact]
    public async Task Shares_that_together_are_more_than_was_collected_are_refused()
    {
        var house = PayoutHouse.Open();
        await house.AddAsync();
        await house.AddAsync(PayoutHouse.ThirdParty("partner"));
        var invoice = await house.TransferredAsync(10_000, "F-1");
        await house.SplitAsync(invoice, 6_000);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => house.SplitAsync(invoice, 5_000, "partner"));

        Assert.Equal(RuleCodes.ShareTooLarge, refused.Violations[0].Code);
    }

    [Fact]
    public async Task Card_money_is_paid_out_two_bank_days_later_and_a_transfer_at_once()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();

        // Friday 6 November 2026, 10:00 in Paris: available on Tuesday.
        house.Clock.Set(new DateTimeOffset(2026, 11, 6, 9, 0, 0, TimeSpan.Zero));
        await house.SplitAsync(await house.PaidInvoiceAsync(10_000, "F-1"));

        var early = await house.ProposeAsync(affiliate);
        Assert.Equal(ProposalOutcome.NotAvailableYet, early.Outcome);
        Assert.Equal(new DateTimeOffset(2026, 11, 9, 23, 0, 0, TimeSpan.Zero), early.AvailableAt);
        Assert.Equal(1_000, early.Waiting.AmountMinor);

        house.Clock.Set(early.AvailableAt!.Value);
        var due = await house.ProposeAsync(affiliate);
        Assert.Equal(1_000, due.Payout!.Amount.AmountMinor);
    }

    [Fact]
    public async Task A_signed_payout_is_ordered_once_and_its_money_leaves_the_books_when_it_is_executed()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        var payout = (await house.ProposeAsync(affiliate)).Payout!;

        await house.ApproveAsync(payout);
        Assert.Single(house.Effects(EffectKinds.CreateGatewayPayout));
        await house.SendAsync(payout);
        await house.TellAsync(payout, GatewayPayoutStatus.Pending);
        Assert.Equal(PayoutState.InProgress, house.Get<Payout>(payout.Id).State);
        await house.TellAsync(payout, GatewayPayoutStatus.Executed);
        await house.TellAsync(payout, GatewayPayoutStatus.Executed);
        await house.TellAsync(payout, GatewayPayoutStatus.Refused);

        Assert.Equal(PayoutState.Completed, house.Get<Payout>(payout.Id).State);
        Assert.Equal(0, house.Owed(affiliate));
        Assert.Equal(9_000, house.Balance(LedgerAccount.Bank) + house.Balance(LedgerAccount.GatewayClearing));
        Assert.Equal(1, house.Events.Count(name => name == EventNames.PayoutCompleted));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task Who_proposed_it_does_not_sign_it_and_who_may_not_approve_neither()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync(by: TestHouse.Somebody("clerk"));
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        var payout = (await house.ProposeAsync(affiliate)).Payout!;

        var own = await Assert.ThrowsAsync<RuleViolationException>(() => house.ApproveAsync(payout, PayoutHouse.Manager));
        var account = await Assert.ThrowsAsync<RuleViolationException>(() => house.ApproveAsync(payout, TestHouse.Somebody("clerk")));
        await Assert.ThrowsAsync<AccessDeniedException>(() => house.ApproveAsync(payout, TestHouse.Person(Permissions.Read, Permissions.ProposePayouts)));

        Assert.Equal(RuleCodes.PayoutOwn, own.Violations[0].Code);
        Assert.Equal(RuleCodes.PayoutOwnAccount, account.Violations[0].Code);
        Assert.Equal(PayoutState.AwaitingApproval, house.Get<Payout>(payout.Id).State);
        Assert.Empty(house.Effects(EffectKinds.CreateGatewayPayout));
    }

    [Fact]
    public async Task A_payout_that_changed_since_it_was_seen_is_not_signed()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        var seen = (await house.ProposeAsync(affiliate)).Payout!;
        await house.SplitAsync(await house.TransferredAsync(20_000, "F-2"));
        var grown = await house.ProposeAsync(affiliate);

        Assert.Equal(seen.Id, grown.Payout!.Id);
        Assert.Equal(3_000, grown.Payout.Amount.AmountMinor);
        await Assert.ThrowsAsync<RecordConflictException>(() => house.DoAsync<PayoutDesk, Payout>(desk => desk.ApproveAsync(seen.Id, seen.Revision), PayoutHouse.Approver));
    }

    [Fact]
    public async Task Another_iban_voids_the_approval_and_nothing_is_paid_before_the_cooling_off_is_over()
    {
        var house = PayoutHouse.Open();
        var partner = await house.AddAsync();
        house.Clock.Move(TimeSpan.FromHours(25));
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        var payout = await house.ApproveAsync((await house.ProposeAsync(partner)).Payout!);
        Assert.Equal(GuardKind.Go, (await CheckAsync(house, payout)).Kind);

        var changed = await house.DoAsync<BeneficiaryDesk, Beneficiary>(
            desk => desk.ChangeAsync(partner.Id, house.Get<Beneficiary>(partner.Id).Revision, PayoutHouse.ThirdParty() with { WalletReference = Guid.NewGuid().ToString() }), TestHouse.Somebody("clerk"));

        var voided = house.Get<Payout>(payout.Id);
        Assert.Equal(PayoutState.AwaitingApproval, voided.State);
        Assert.Null(voided.ApprovedBy);
        Assert.Equal(GuardKind.Drop, (await CheckAsync(house, payout)).Kind);

        var again = await house.ApproveAsync(voided);
        var held = await CheckAsync(house, again);
        Assert.Equal((GuardKind.Later, house.Now.AddHours(24)), (held.Kind, held.NotBefore!.Value));
        Assert.Equal("clerk", changed.AccountSetBy);
        house.Clock.Move(TimeSpan.FromHours(24));
        Assert.Equal(GuardKind.Go, (await CheckAsync(house, again)).Kind);
        Assert.Equal(2, house.Effects(EffectKinds.CreateGatewayPayout).Count);
    }

    [Fact]
    public async Task Another_name_voids_the_approval_but_starts_no_cooling_off()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        var payout = await house.ApproveAsync((await house.ProposeAsync(affiliate)).Payout!);
        house.Clock.Move(TimeSpan.FromHours(30));

        var changed = await house.DoAsync<BeneficiaryDesk, Beneficiary>(
            desk => desk.ChangeAsync(affiliate.Id, house.Get<Beneficiary>(affiliate.Id).Revision, PayoutHouse.ThirdParty() with { Name = "Affilié SAS" }), PayoutHouse.Manager);

        Assert.Equal(PayoutState.AwaitingApproval, house.Get<Payout>(payout.Id).State);
        Assert.Equal(affiliate.AccountSetAt, changed.AccountSetAt);
    }

    [Fact]
    public async Task Once_the_order_left_no_edit_takes_it_back()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        var payout = await house.ApproveAsync((await house.ProposeAsync(affiliate)).Payout!);
        await house.SendAsync(payout);

        await house.DoAsync<BeneficiaryDesk, Beneficiary>(
            desk => desk.ChangeAsync(affiliate.Id, house.Get<Beneficiary>(affiliate.Id).Revision, PayoutHouse.ThirdParty() with { WalletReference = Guid.NewGuid().ToString() }), PayoutHouse.Manager);

        var sent = house.Get<Payout>(payout.Id);
        Assert.Equal(PayoutState.InProgress, sent.State);
        Assert.Equal(PayoutHouse.Wallet, sent.PaidToWallet);
        await Assert.ThrowsAsync<RuleViolationException>(() => house.DoAsync<PayoutDesk, Payout>(desk => desk.CancelAsync(payout.Id, "too late"), PayoutHouse.Manager));
    }

    [Fact]
    public async Task Money_taken_back_after_the_payout_is_netted_by_the_next_one()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        var invoice = await house.TransferredAsync(10_000, "F-1");
        await house.SplitAsync(invoice);
        var paid = await house.ApproveAsync((await house.ProposeAsync(affiliate)).Payout!);
        await house.SendAsync(paid);
        await house.TellAsync(paid, GatewayPayoutStatus.Executed);

        await house.LowerAsync(invoice, 4_000);
        Assert.Equal(-600, house.Owed(affiliate));
        Assert.Equal(ProposalOutcome.NothingToPay, (await house.ProposeAsync(affiliate)).Outcome);

        await house.SplitAsync(await house.TransferredAsync(20_000, "F-2"));
        var next = await house.ProposeAsync(affiliate);
        Assert.Equal(1_400, next.Payout!.Amount.AmountMinor);
        Assert.Equal(2, next.Payout.Operations);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_payout_whose_money_was_taken_back_meanwhile_is_brought_up_to_date_before_anybody_signs()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        var invoice = await house.TransferredAsync(10_000, "F-1");
        await house.SplitAsync(invoice);
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-2"));
        var payout = (await house.ProposeAsync(affiliate)).Payout!;
        await house.LowerAsync(invoice, 4_000);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => house.ApproveAsync(payout));
        Assert.Equal(RuleCodes.PayoutOutdated, refused.Violations[0].Code);
        await house.DoAsync<PayoutProposals, Proposal>(proposals => proposals.ReviseAsync(payout.Id), PayoutHouse.Manager);

        Assert.Equal(1_400, (await house.ApproveAsync(payout)).Amount.AmountMinor);
    }

    [Fact]
    public async Task A_payment_that_the_bank_takes_back_takes_the_share_with_it_and_one_that_comes_again_brings_it_back()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        var invoice = await house.PaidInvoiceAsync(10_000, "F-1", PaymentMethod.DirectDebit);
        await house.SplitAsync(invoice);

        await house.DoAsync<ReceiptBook, bool>(book => book.TakeBackAsync(house.All<Payment>().Single().Id, "MD06"));
        Assert.Equal(0, house.Owed(affiliate));
        await house.DoAsync<ReceiptBook, bool>(book => book.TakeBackAsync(house.All<Payment>().Single().Id, "MD06"));
        Assert.Equal(0, house.Owed(affiliate));

        await house.DoAsync<ReceiptBook, Booking>(book => book.BookAsync(new ReceivedMoney
        {
            SourceKey = "tx-again",
            Method = PaymentMethod.Transfer,
            Amount = TestHouse.Euros(10_000),
            ReceivedAt = house.Now,
            InvoiceId = invoice.Id,
            HeldOn = LedgerAccount.Bank,
        }));
        await house.SplitAsync(invoice);
        Assert.Equal(1_000, house.Owed(affiliate));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_refused_payout_frees_its_operations_for_the_next_one()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        var payout = await house.ApproveAsync((await house.ProposeAsync(affiliate)).Payout!);
        await house.SendAsync(payout);

        await house.TellAsync(payout, GatewayPayoutStatus.Refused);

        Assert.Equal((PayoutState.Cancelled, "blocked"), (house.Get<Payout>(payout.Id).State, house.Get<Payout>(payout.Id).Problem));
        Assert.Contains(EventNames.PayoutFailed, house.Events);
        Assert.Equal(1_000, house.Owed(affiliate));
        Assert.Equal(1_000, (await house.ProposeAsync(affiliate)).Payout!.Amount.AmountMinor);
    }

    [Fact]
    public async Task What_became_of_an_order_is_not_known_so_its_funds_stay_held()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        var payout = await house.ApproveAsync((await house.ProposeAsync(affiliate)).Payout!);
        await house.SendAsync(payout);

        await house.DoAsync<PayoutExecution>(execution => execution.FailAsync(payout.Id, isSurelyUnpaid: false, "no answer"));

        Assert.Equal((PayoutState.InProgress, "no answer"), (house.Get<Payout>(payout.Id).State, house.Get<Payout>(payout.Id).Problem));
        Assert.Equal(ProposalOutcome.NothingToPay, (await house.ProposeAsync(affiliate)).Outcome);
    }

    [Fact]
    public async Task A_person_confirms_what_became_of_an_order_in_doubt_when_it_is_tried_no_more()
    {
        var (house, affiliate, payout) = await InDoubtAsync();
        var early = await Assert.ThrowsAsync<RuleViolationException>(() => ConfirmAsync(house, payout, paid: false));
        Assert.Equal(RuleCodes.PayoutStillTried, early.Violations.Single().Code);

        await GiveUpAsync(house);
        await ConfirmAsync(house, payout, paid: false);

        Assert.Equal((PayoutState.Cancelled, "not at the gateway"), (house.Get<Payout>(payout.Id).State, house.Get<Payout>(payout.Id).Problem));
        Assert.Equal(1_000, (await house.ProposeAsync(affiliate)).Payout!.Amount.AmountMinor);
    }

    [Fact]
    public async Task An_order_in_doubt_that_a_person_found_paid_leaves_the_books_once()
    {
        var (house, affiliate, payout) = await InDoubtAsync();
        await GiveUpAsync(house);

        await ConfirmAsync(house, payout, paid: true);
        await house.TellAsync(payout, GatewayPayoutStatus.Executed);

        Assert.Equal(PayoutState.Completed, house.Get<Payout>(payout.Id).State);
        Assert.Equal(0, house.Owed(affiliate));
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_person_must_look_at_a_payout_that_is_executed_although_it_was_confirmed_as_not_made()
    {
        var (house, _, payout) = await InDoubtAsync();
        await GiveUpAsync(house);
        await ConfirmAsync(house, payout, paid: false);

        var told = await Assert.ThrowsAsync<RuleViolationException>(() => house.TellAsync(payout, GatewayPayoutStatus.Executed));

        Assert.Equal((payout.Reference, RuleCodes.PayoutPaidAnyway), (told.Violations.Single().Field, told.Violations.Single().Code));
    }

    [Fact]
    public async Task An_order_that_waits_for_its_execution_is_not_confirmed_by_hand()
    {
        var (house, _, payout) = await InDoubtAsync();
        await GiveUpAsync(house);
        await house.TellAsync(payout, GatewayPayoutStatus.Pending);

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => ConfirmAsync(house, payout, paid: false));

        Assert.Equal(RuleCodes.StateRefuses, refused.Violations.Single().Code);
    }

    private static async Task<(TestHouse House, Beneficiary Affiliate, Payout Payout)> InDoubtAsync()
    {
        var house = PayoutHouse.Open();
        var affiliate = await house.AddAsync();
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        var payout = await house.ApproveAsync((await house.ProposeAsync(affiliate)).Payout!);
        await house.SendAsync(payout);
        await house.DoAsync<PayoutExecution>(execution => execution.FailAsync(payout.Id, isSurelyUnpaid: false, "no answer"));
        return (house, affiliate, payout);
    }

    private static Task GiveUpAsync(TestHouse house) => house.DoAsync<IMerchantRecords>(records =>
    {
        var order = house.Effects(EffectKinds.CreateGatewayPayout).Single();
        records.Settle(new EffectSettlement { EffectId = order.Id, LeaseToken = order.LeaseToken, State = EffectState.GivenUp, At = house.Now });
        return Task.CompletedTask;
    });

    private static Task<Payout> ConfirmAsync(TestHouse house, Payout payout, bool paid) =>
        house.DoAsync<PayoutFiles, Payout>(files => files.ConfirmAsync(payout.Id, paid, paid ? null : "not at the gateway"), PayoutHouse.Manager);

    [Fact]
    public async Task An_own_account_gets_what_is_available_less_what_third_parties_are_owed_and_the_reserve()
    {
        var house = PayoutHouse.Open();
        await house.AddAsync();
        var own = await house.AddAsync(new BeneficiaryDetails { Code = "bank", Name = "Maison Lumière", Kind = BeneficiaryKind.OwnAccount, Iban = PayoutHouse.Iban, ReserveMinor = 500 });
        await house.SplitAsync(await house.PaidInvoiceAsync(10_000, "F-1"));
        Assert.Equal(ProposalOutcome.NotAvailableYet, (await house.ProposeAsync(own)).Outcome);

        house.Clock.Move(TimeSpan.FromDays(2));
        var payout = (await house.ProposeAsync(own)).Payout!;
        Assert.Equal((8_500, 1), (payout.Amount.AmountMinor, payout.Operations));
        await house.ApproveAsync(payout);
        await house.SendAsync(payout);
        await house.TellAsync(payout, GatewayPayoutStatus.Executed);

        Assert.Equal(1_500, house.Balance(LedgerAccount.GatewayClearing));
        Assert.Equal(8_500, house.Balance(LedgerAccount.Bank));
    }

    [Theory]
    [InlineData("FR7630006000011234567890188", "iban", RuleCodes.IbanInvalid)]
    [InlineData("", "iban", RuleCodes.Required)]
    public async Task A_beneficiary_with_a_wrong_or_missing_iban_is_refused_by_field_and_rule(string iban, string field, string rule)
    {
        var house = PayoutHouse.Open();

        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => house.AddAsync(PayoutHouse.ThirdParty(way: PayoutWay.File) with { Iban = iban }));

        Assert.Equal((field, rule), (refused.Violations.Single().Field, refused.Violations.Single().Code));
        Assert.Empty(house.All<Beneficiary>());
    }

    [Fact]
    public async Task Schedules_propose_on_their_day_once()
    {
        var house = PayoutHouse.Open();
        var weekly = await house.AddAsync(PayoutHouse.ThirdParty(schedule: PayoutSchedule.Weekly));
        await house.SplitAsync(await house.TransferredAsync(10_000, "F-1"));
        Assert.Equal(0, await RunSchedulesAsync(house));

        // Tuesday 3 November; the next Monday is the 9th.
        house.Clock.Set(new DateTimeOffset(2026, 11, 9, 6, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await RunSchedulesAsync(house));
        Assert.Equal(0, await RunSchedulesAsync(house));
        var payout = house.All<Payout>().Single();
        Assert.Equal((ProposalReasons.Schedule, 1_000), (payout.Reason, payout.Amount.AmountMinor));
        var own = await Assert.ThrowsAsync<RuleViolationException>(() => house.ApproveAsync(payout, PayoutHouse.Manager));
        Assert.Equal(RuleCodes.PayoutOwnAccount, own.Violations[0].Code);
        Assert.Equal(weekly.Id, payout.BeneficiaryId);
    }

    private static Task<int> RunSchedulesAsync(TestHouse house) => house.DoAsync<PayoutSchedules, int>(schedules => schedules.RunAsync());

    private static Task<GuardVerdict> CheckAsync(TestHouse house, Payout payout) =>
        house.DoAsync<PayoutExecution, GuardVerdict>(execution => execution.CheckAsync(payout.Id, payout.ApprovalNumber));
}
