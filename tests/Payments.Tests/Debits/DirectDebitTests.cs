using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Payments.Tests.Payouts;

namespace CentralPay.Workflows.Payments.Tests.Debits;

public sealed class DirectDebitTests
{
    private readonly DebitHouse house = new();

    private TestHouse Books => house.Books;

    [Fact]
    public async Task A_debit_is_announced_two_weeks_ahead_and_handed_over_the_day_before()
    {
        var invoice = await house.DebitableAsync();

        var debit = await house.CreateAsync(invoice);

        // Tuesday 3 November and 14 days: Tuesday 17. The bank takes it on Monday 16.
        Assert.Equal(new DateOnly(2026, 11, 17), debit.CollectOn);
        Assert.Equal(new DateTimeOffset(2026, 11, 16, 5, 0, 0, TimeSpan.Zero), Assert.Single(Books.Effects(EffectKinds.CreateGatewayDebit)).DueAt);
        var notice = Assert.Single(Books.All<Message>());
        Assert.Equal(MessageTemplates.DebitUpcoming, notice.Template);
        var text = await Books.DoAsync<MessageComposer, ComposedMessage>(composer => composer.ComposeAsync(notice, "https://pay.test"));
        Assert.Contains("17 novembre 2026", text.Text, StringComparison.Ordinal);
        Assert.Contains("2606", text.Text, StringComparison.Ordinal);
        Assert.Single(Books.Events, EventNames.DebitCreated);
        Assert.Single(Books.Events, EventNames.DebitUpcoming);
    }

    [Fact]
    public async Task Who_begins_to_wait_for_a_debit_that_moves_at_that_moment_reads_it_again()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);

        await Assert.ThrowsAsync<RecordConflictException>(() => Books.DoAsync<DirectDebits>(async debits =>
        {
            debits.Watch((await debits.UnderWayAsync(invoice.Id))!);
            await house.TellAsync(debit, "CLEARED");
        }));

        Assert.Equal(DebitStatus.Settled, house.Debit(debit).Status);
        Assert.Null(await Books.DoAsync<DirectDebits, DirectDebit?>(debits => debits.UnderWayAsync(invoice.Id)));
    }

    [Fact]
    public async Task A_debit_far_ahead_is_announced_when_its_notice_begins_and_once()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice, notBefore: new DateOnly(2026, 12, 25));

        Assert.Equal((new DateOnly(2026, 12, 28), new DateOnly(2026, 12, 14), null), (debit.CollectOn, debit.AnnounceOn, debit.AnnouncedAt));
        await Books.DoAsync<DirectDebits>(debits => debits.AnnounceAsync(debit.Id));
        await Books.DoAsync<DirectDebits>(debits => debits.AnnounceAsync(debit.Id));

        Assert.Single(Books.Events, EventNames.DebitUpcoming);
        Assert.Single(Books.All<Message>());
    }

    [Theory]
    [InlineData(1, 3, 22)]
    [InlineData(5, 3, 22)]
    [InlineData(6, 3, 22)]
    [InlineData(7, 3, 21)]
    [InlineData(0, 3, 28)]
    public async Task No_debit_leaves_for_the_bank_before_its_notice(int noticeDays, int leadDays, int announcedOn)
    {
        await Books.DoAsync<IMerchantRecords>(async records => records.Update((await records.FindAsync<Merchant>(TestHouse.MerchantId))! with { DebitLeadDays = leadDays }));
        var invoice = await house.DebitableAsync();

        var debit = await house.CreateAsync(invoice, noticeDays, notBefore: new DateOnly(2026, 12, 28));

        Assert.Equal((new DateOnly(2026, 12, 28), new DateOnly(2026, 12, announcedOn)), (debit.CollectOn, debit.AnnounceOn));
    }

    [Fact]
    public async Task Money_that_a_debit_brings_pays_the_invoice_once_however_often_it_is_told()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);

        await house.TellAsync(debit, "PENDING");
        await house.TellAsync(debit, "CLEARED");
        await house.TellAsync(debit, "CLEARED");
        await house.TellAsync(debit, "PENDING");

        Assert.Equal(DebitStatus.Settled, house.Debit(debit).Status);
        Assert.Equal(InvoiceStatus.Paid, Books.Get<Invoice>(invoice.Id).Status);
        Assert.Equal(PaymentMethod.DirectDebit, Assert.Single(Books.All<Payment>()).Method);
        Assert.Single(Books.Events, EventNames.DebitSettled);
        Assert.True(Books.BooksBalance());
    }

    [Fact]
    public async Task What_is_missing_for_a_debit_is_named()
    {
        var customer = await Books.CustomerAsync();
        var invoice = await Books.InvoiceAsync(customer: customer);
        Assert.Equal(RuleCodes.MandateMissing, await RefusedAsync(() => house.CreateAsync(invoice)));

        await house.SignedAsync(customer);
        Assert.Equal(RuleCodes.DaysOutOfRange, await RefusedAsync(() => house.CreateAsync(invoice, noticeDays: 61)));
        await house.CreateAsync(invoice);
        Assert.Equal(RuleCodes.DebitUnderWay, await RefusedAsync(() => house.CreateAsync(invoice)));

        var disputed = await Books.InvoiceAsync(number: "F-2", customer: customer);
        await Books.DoAsync<InvoiceDesk>(desk => desk.DisputeAsync(disputed.Id, true));
        Assert.Equal(RuleCodes.InvoiceDisputed, await RefusedAsync(() => house.CreateAsync(disputed)));
    }

    [Fact]
    public async Task Two_who_debit_an_invoice_at_the_same_moment_make_one_debit()
    {
        var invoice = await house.DebitableAsync();
        await Assert.ThrowsAsync<RecordConflictException>(() => Books.DoAsync<DirectDebits>(async debits =>
        {
            await debits.CreateAsync(new NewDebit { InvoiceId = invoice.Id, Key = "one" });
            await house.CreateAsync(invoice);
        }));

        Assert.Single(Books.All<DirectDebit>());
    }

    [Fact]
    public async Task Without_funds_it_is_tried_again_on_a_target_day_and_paid()
    {
        var invoice = await house.DebitableAsync();
        var first = await FailedAsync(invoice, "AM04");

        var second = await house.RetryAsync(first);
        await house.TellAsync(second, "CLEARED");

        Assert.Equal((DebitStatus.Failed, DebitFailure.Declined, DebitPhase.Reject, "AM04"), (house.Debit(first).Status, house.Debit(first).Failure, house.Debit(first).Phase, house.Debit(first).ReasonCode));
        Assert.Equal((2, first.Id, new DateOnly(2026, 11, 6)), (second.Attempt, second.FirstId, second.CollectOn));
        Assert.Equal(InvoiceStatus.Paid, Books.Get<Invoice>(invoice.Id).Status);
        Assert.True(Books.BooksBalance());
    }

    [Fact]
    public async Task A_retry_by_hand_is_refused_while_another_is_scheduled()
    {
        var invoice = await house.DebitableAsync();
        var first = await FailedAsync(invoice, "AM04");
        await house.RetryAsync(first);

        Assert.Equal(RuleCodes.DebitUnderWay, await RefusedAsync(() => house.RetryAsync(first)));
        Assert.Equal(2, Books.All<DirectDebit>().Count);
    }

    [Fact]
    public async Task A_retry_asked_twice_under_one_key_is_one()
    {
        var first = await FailedAsync(await house.DebitableAsync(), "MS03");
        var ask = new RetryOfDebit { DebitId = first.Id, Key = "case/run/2" };

        var once = await Books.DoAsync<DirectDebits, DirectDebit>(debits => debits.RetryAsync(ask));
        var again = await Books.DoAsync<DirectDebits, DirectDebit>(debits => debits.RetryAsync(ask));

        Assert.Equal(once.Id, again.Id);
    }

    [Fact]
    public async Task Without_a_valid_mandate_the_mandate_ends_and_no_retry_is_made_on_it()
    {
        var invoice = await house.DebitableAsync();
        var failed = await FailedAsync(invoice, "MD01");

        Assert.Equal((MandateStatus.Cancelled, "MD01"), (Assert.Single(Books.All<Mandate>()).Status, Books.All<Mandate>()[0].EndReason));
        Assert.Equal(RuleCodes.MandateMissing, await RefusedAsync(() => house.RetryAsync(failed)));
    }

    [Theory]
    [InlineData("AM05")]
    [InlineData("MD07")]
    [InlineData("MD06")]
    public async Task What_must_never_be_sent_again_is_refused_by_hand_too(string code)
    {
        var failed = await FailedAsync(await house.DebitableAsync(), code);

        Assert.Equal(RuleCodes.DebitNeverAgain, await RefusedAsync(() => house.RetryAsync(failed)));
    }

    [Fact]
    public async Task The_debtors_death_stops_everything_that_happens_by_itself()
    {
        var invoice = await house.DebitableAsync();
        await FailedAsync(invoice, "MD07");

        Assert.True(Books.Get<Customer>(invoice.CustomerId).AutomationStopped);
        var plan = await Books.DoAsync<Payments.Contacts.ContactPlanner, Payments.Contacts.ContactPlan>(planner => planner.PlanAsync(new()
        {
            CustomerId = invoice.CustomerId,
            InvoiceId = invoice.Id,
            Template = MessageTemplates.ReminderFirst,
            Key = "after",
        }));
        Assert.Equal(Payments.Contacts.ContactReasons.Stopped, plan.NotPlannedReason);
    }

    [Fact]
    public async Task A_return_after_settlement_owes_the_invoice_again_with_balanced_books()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);
        await house.TellAsync(debit, "CLEARED");
        Books.Clock.Move(TimeSpan.FromDays(3));

        await house.TellAsync(debit, "RETURNED", "AC04");
        await house.TellAsync(debit, "RETURNED", "AC04");

        var reopened = Books.Get<Invoice>(invoice.Id);
        Assert.Equal((InvoiceStatus.Open, invoice.Amount, null), (reopened.Status, reopened.Open, reopened.PaidAt));
        Assert.Equal((DebitStatus.Returned, DebitPhase.Return, "AC04"), (house.Debit(debit).Status, house.Debit(debit).Phase, house.Debit(debit).ReasonCode));
        Assert.Equal(PaymentState.Returned, Assert.Single(Books.All<Payment>()).State);
        Assert.Equal((10_000, 0), (Books.Balance(LedgerAccount.Receivable, invoice.Id), Books.Balance(LedgerAccount.GatewayClearing)));
        Assert.Single(Books.Events, EventNames.InvoiceReopened);
        Assert.True(Books.BooksBalance());
    }

    [Fact]
    public async Task A_return_after_a_correction_downward_leaves_the_customer_no_credit()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);
        await house.TellAsync(debit, "CLEARED");
        await Books.LowerAsync(invoice, 6_000);
        Assert.Equal(-4_000, Books.Balance(LedgerAccount.CustomerCredit));

        await house.TellAsync(debit, "RETURNED", "MD06");

        Assert.Equal((6_000, 0, 0), (Books.Get<Invoice>(invoice.Id).Open.AmountMinor, Books.Balance(LedgerAccount.CustomerCredit), Books.Balance(LedgerAccount.Dispute)));
        Assert.True(Books.BooksBalance());
    }

    [Fact]
    public async Task The_ERP_that_was_told_of_a_payment_is_told_that_it_went_back()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);
        await house.TellAsync(debit, "CLEARED");
        await Books.ErpListensAsync();

        await house.TellAsync(debit, "RETURNED", "AC04");
        await house.TellAsync(debit, "RETURNED", "AC04");

        var told = JsonDocument.Parse(JsonDocument.Parse(Assert.Single(Books.Effects(EffectKinds.Webhook)).PayloadJson).RootElement.GetProperty("body").GetString()!).RootElement;
        Assert.Equal("invoice.reopened", told.GetProperty("type").GetString());
        Assert.Equal(10_000, told.GetProperty("data").GetProperty("invoice").GetProperty("openMinor").GetInt64());
        Assert.Empty(told.GetProperty("data").GetProperty("payments").EnumerateArray());
    }

    [Fact]
    public async Task A_debit_that_its_payer_contests_is_told_as_a_dispute_of_its_invoice()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);
        await house.TellAsync(debit, "CLEARED");

        await house.TellAsync(debit, "RETURNED", "MD06");

        var told = Assert.Single(Books.All<DomainEvent>(), happened => happened.Name == EventNames.InvoiceDisputed);
        Assert.Equal((invoice.Id, 10_000), (told.InvoiceId, told.AmountMinor));
    }

    [Fact]
    public async Task A_return_that_is_told_before_its_settlement_is_booked_as_both()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);

        await house.TellAsync(debit, "RETURNED", "MD06");

        Assert.Single(Books.Events, EventNames.DebitSettled);
        Assert.Single(Books.Events, EventNames.DebitReturned);
        Assert.True(Books.Get<Invoice>(invoice.Id).Disputed);
        Assert.True(Books.BooksBalance());
    }

    [Fact]
    public async Task A_return_after_a_refund_is_flagged_because_the_customer_may_have_the_money_twice()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);
        await house.TellAsync(debit, "CLEARED");
        await Books.DoAsync<IMerchantRecords>(records =>
        {
            records.Update(Books.All<Payment>()[0] with { State = PaymentState.Refunded });
            return Task.CompletedTask;
        });

        await house.TellAsync(debit, "RETURNED", "MD06");

        Assert.True(house.Debit(debit).DoubleRefundRisk);
        Assert.Equal("double-refund", Assert.Single(Books.All<WorkTask>()).Kind);
    }

    [Fact]
    public async Task Who_pays_by_card_first_is_not_debited()
    {
        var invoice = await house.DebitableAsync();
        var scheduled = await house.CreateAsync(invoice);
        await PayAsync(invoice, 10_000);

        Assert.Equal(DebitStatus.Cancelled, house.Debit(scheduled).Status);
        Assert.Empty(Books.Effects(EffectKinds.CancelGatewayDebit));
    }

    [Fact]
    public async Task Who_pays_by_card_after_the_bank_has_it_is_asked_back_and_gets_credit_where_that_was_too_late()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);
        await house.TellAsync(debit, "PENDING");

        await PayAsync(invoice, 10_000);
        Assert.Single(Books.Effects(EffectKinds.CancelGatewayDebit));
        await house.TellAsync(debit, "CLEARED");

        Assert.Equal(-10_000, Books.Balance(LedgerAccount.CustomerCredit));
        Assert.True(Books.BooksBalance());
    }

    [Fact]
    public async Task A_debit_whose_outcome_is_not_known_is_neither_cancelled_nor_tried_again()
    {
        var debit = await house.CreateAsync(await house.DebitableAsync());
        await Books.DoAsync<DebitSync>(sync => sync.AnswerLostAsync(debit));

        Assert.Equal(DebitStatus.Unknown, house.Debit(debit).Status);
        Assert.Equal(RuleCodes.DebitUncertain, await RefusedAsync(() => Books.DoAsync<DirectDebits, DirectDebit>(debits => debits.CancelAsync(debit.Id))));
        Assert.Equal(RuleCodes.DebitUnderWay, await RefusedAsync(() => house.RetryAsync(debit)));
    }

    [Fact]
    public async Task A_person_who_found_an_uncertain_debit_paid_says_so_and_its_money_is_booked_once()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);
        await Books.DoAsync<DebitSync>(sync => sync.AnswerLostAsync(debit));
        await GiveUpAsync(debit);

        await ConfirmAsync(debit, paid: true, null);
        await house.TellAsync(debit, "CLEARED");

        Assert.Equal((DebitStatus.Settled, InvoiceStatus.Paid), (house.Debit(debit).Status, Books.Get<Invoice>(invoice.Id).Status));
        Assert.Single(Books.All<Payment>());
        Assert.True(Books.BooksBalance());
        Assert.Equal(RuleCodes.StateRefuses, await RefusedAsync(() => ConfirmAsync(debit, paid: false, "no")));
    }

    [Fact]
    public async Task A_person_who_did_not_find_an_uncertain_debit_says_so_and_it_may_be_tried_again()
    {
        var invoice = await house.DebitableAsync();
        var debit = await house.CreateAsync(invoice);
        await Books.DoAsync<DebitSync>(sync => sync.AnswerLostAsync(debit));
        Assert.Equal(RuleCodes.DebitUncertain, await RefusedAsync(() => ConfirmAsync(debit, paid: false, "not there")));
        await GiveUpAsync(debit);

        await ConfirmAsync(debit, paid: false, "not there");

        Assert.Equal((DebitStatus.Failed, DebitFailure.Technical, "not there"), (house.Debit(debit).Status, house.Debit(debit).Failure, house.Debit(debit).FailureText));
        Assert.Equal(2, (await house.RetryAsync(debit)).Attempt);
    }

    [Fact]
    public async Task A_returned_debit_that_no_scenario_follows_is_a_task_for_a_person_and_the_ERP_is_told()
    {
        await Books.ErpListensAsync();
        var debit = await house.CreateAsync(await house.DebitableAsync());
        await house.TellAsync(debit, "CLEARED");

        await house.TellAsync(debit, "RETURNED", "MS03");
        await house.TellAsync(debit, "RETURNED", "MS03");

        Assert.Single(Books.All<WorkTask>(), task => task is { Kind: "returned-debit", Status: WorkTaskStatus.Open });
        Assert.Contains(Books.Effects(EffectKinds.Webhook), effect => effect.PayloadJson.Contains("invoice.reopened", StringComparison.Ordinal));
    }

    private Task<DirectDebit> ConfirmAsync(DirectDebit debit, bool paid, string? reason) => Books.DoAsync<DebitConfirmation, DirectDebit>(confirmation => confirmation.ConfirmAsync(debit.Id, paid, reason));

    // Its handing over was tried for long enough.
    private Task GiveUpAsync(DirectDebit debit) => Books.DoAsync<IMerchantRecords>(records =>
    {
        records.Update(Books.All<Effect>().Single(effect => effect.Key == debit.Key) with { State = EffectState.GivenUp });
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Only_who_may_work_tasks_debits()
    {
        var invoice = await house.DebitableAsync();

        await Assert.ThrowsAsync<AccessDeniedException>(() => Books.DoAsync<DirectDebits, DirectDebit>(
            debits => debits.CreateAsync(new NewDebit { InvoiceId = invoice.Id, Key = "x" }), TestHouse.Person(Permissions.Read)));
    }

    private async Task<DirectDebit> FailedAsync(Invoice invoice, string code)
    {
        var debit = await house.CreateAsync(invoice);
        await house.TellAsync(debit, "PENDING");
        await house.TellAsync(debit, "REJECTED", code);
        return house.Debit(debit);
    }

    private Task<Booking> PayAsync(Invoice invoice, long amountMinor) => Books.DoAsync<ReceiptBook, Booking>(receipts => receipts.BookAsync(new ReceivedMoney
    {
        SourceKey = "card-1",
        Method = PaymentMethod.Card,
        Amount = new Money(amountMinor, "EUR"),
        ReceivedAt = Books.Now,
        InvoiceId = invoice.Id,
    }));

    private static async Task<string> RefusedAsync<T>(Func<Task<T>> act) => (await Assert.ThrowsAsync<RuleViolationException>(act)).Violations[0].Code;
}
