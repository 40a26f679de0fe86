using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Tests;

/// <summary>The ready-made scenario of SEPA direct debits, drawn as a finance manager draws it.</summary>
public sealed class SepaRetryTests
{
    [Fact]
    public async Task A_customer_with_a_mandate_is_told_debited_and_thanked()
    {
        await using var house = await OpenAsync();
        var invoice = await SignedInvoiceAsync(house, "F-1");
        await house.SettleAsync();
        Assert.Equal("collect", Assert.Single(await CasesAsync(house)).WaitingNodeId);

        await house.PassAsync(TimeSpan.FromDays(20));

        Assert.Equal(InvoiceStatus.Paid, (await InvoiceAsync(house, invoice)).Status);
        Assert.Equal(["debit.upcoming", "receipt.paid"], await SentAsync(house));
        Assert.Equal(CaseSubStatus.Finished, Assert.Single(await CasesAsync(house)).SubStatus);
        await AssertBalancedAsync(house);
    }

    [Fact]
    public async Task A_cancelled_case_takes_the_debit_back_that_it_scheduled()
    {
        await using var house = await OpenAsync();
        var invoice = await SignedInvoiceAsync(house, "F-9");
        await house.SettleAsync();
        Assert.Equal(DebitStatus.Scheduled, Assert.Single(await DebitsAsync(house, invoice)).Status);

        await house.InScopeAsync(async scope => await scope.GetRequiredService<CaseDesk>().CancelAsync(Assert.Single(await CasesAsync(house)).Id, "anna"));
        await house.SettleAsync();
        await house.PassAsync(TimeSpan.FromDays(20));

        Assert.Equal(CaseSubStatus.Cancelled, Assert.Single(await CasesAsync(house)).SubStatus);
        Assert.Equal(DebitStatus.Cancelled, Assert.Single(await DebitsAsync(house, invoice)).Status);
        Assert.Equal(InvoiceStatus.Open, (await InvoiceAsync(house, invoice)).Status);
    }

    [Fact]
    public async Task Without_funds_twice_it_is_tried_again_twice_and_paid_without_anybody_doing_anything()
    {
        await using var house = await OpenAsync();
        var invoice = await SignedInvoiceAsync(house, "F-2", "AM04", "AM04");
        await house.SettleAsync();

        await house.PassAsync(TimeSpan.FromDays(40));

        Assert.Equal([DebitStatus.Failed, DebitStatus.Failed, DebitStatus.Settled], (await DebitsAsync(house, invoice)).Select(debit => debit.Status));
        Assert.Equal([1, 2, 3], (await DebitsAsync(house, invoice)).Select(debit => debit.Attempt));
        Assert.Equal(InvoiceStatus.Paid, (await InvoiceAsync(house, invoice)).Status);
        Assert.Empty(await TasksAsync(house));
        await AssertBalancedAsync(house);
    }

    [Fact]
    public async Task After_the_last_try_it_is_given_up_and_the_customer_told()
    {
        await using var house = await OpenAsync();
        var invoice = await SignedInvoiceAsync(house, "F-3", "AM04", "MS03", "AM04", "AM04");
        await house.SettleAsync();

        await house.PassAsync(TimeSpan.FromDays(32));

        Assert.Equal(3, (await DebitsAsync(house, invoice)).Count);
        Assert.Contains("debit.failed", await SentAsync(house));
        Assert.Equal("wait", Assert.Single(await CasesAsync(house)).WaitingNodeId);
    }

    [Fact]
    public async Task Without_a_valid_mandate_nothing_is_tried_again_and_a_new_one_is_asked_for()
    {
        await using var house = await OpenAsync();
        var invoice = await SignedInvoiceAsync(house, "F-4", "MD01");
        await house.SettleAsync();

        await house.PassAsync(TimeSpan.FromDays(18));

        Assert.Single(await DebitsAsync(house, invoice));
        Assert.Equal("ask", Assert.Single(await CasesAsync(house)).WaitingNodeId);
        Assert.Contains("mandate.request", await SentAsync(house));

        // The customer signs anew, and is debited on the new mandate.
        var draft = (await MandatesAsync(house)).Single(mandate => mandate.Status == MandateStatus.Draft);
        house.World.Sign(draft.Id);
        await house.TellAsync(draft);
        await house.SettleAsync();
        await house.PassAsync(TimeSpan.FromDays(20));

        Assert.Equal(InvoiceStatus.Paid, (await InvoiceAsync(house, invoice)).Status);
        Assert.Equal([(DebitStatus.Failed, "MD01"), (DebitStatus.Settled, null)], (await DebitsAsync(house, invoice)).Select(debit => (debit.Status, debit.ReasonCode)));
    }

    [Theory]
    [InlineData("MS02")]
    [InlineData("AG02")]
    [InlineData("AM05")]
    [InlineData("ZZ99")]
    public async Task What_neither_time_nor_a_mandate_cures_goes_to_a_person(string code)
    {
        await using var house = await OpenAsync();
        var invoice = await SignedInvoiceAsync(house, "F-5", code);
        await house.SettleAsync();

        await house.PassAsync(TimeSpan.FromDays(18));

        Assert.Single(await DebitsAsync(house, invoice));
        Assert.Equal("failed-debit", Assert.Single(await TasksAsync(house)).Kind);
    }

    [Fact]
    public async Task A_customer_without_a_mandate_is_asked_and_may_pay_another_way()
    {
        await using var house = await OpenAsync();
        var invoice = await house.InvoiceComesInAsync("F-6", 60_00, scenarioId: ReadyMadeScenarios.SepaRetryId);
        await house.SettleAsync();
        Assert.Equal("ask", Assert.Single(await CasesAsync(house)).WaitingNodeId);

        await house.InScopeAsync(async scope =>
        {
            await scope.GetRequiredService<Payments.Receipts.ReceiptBook>().BookAsync(new()
            {
                SourceKey = "card",
                Method = Payments.Receipts.PaymentMethod.Card,
                Amount = invoice.Amount,
                ReceivedAt = house.Clock.GetUtcNow(),
                InvoiceId = invoice.Id,
            });
            await scope.GetRequiredService<IMerchantRecords>().CommitAsync();
        });
        await house.SettleAsync();

        Assert.Equal(CaseSubStatus.Finished, Assert.Single(await CasesAsync(house)).SubStatus);
    }

    [Fact]
    public async Task Nobody_who_does_not_sign_is_waited_for_longer_than_the_time_limit()
    {
        await using var house = await OpenAsync();
        await house.InvoiceComesInAsync("F-7", 60_00, scenarioId: ReadyMadeScenarios.SepaRetryId);
        await house.SettleAsync();

        await house.PassAsync(TimeSpan.FromDays(15));

        Assert.Equal("wait", Assert.Single(await CasesAsync(house)).WaitingNodeId);
        Assert.Equal(["mandate.request", "reminder.first"], await SentAsync(house));
    }

    [Fact]
    public async Task A_return_after_settlement_opens_a_case_of_its_own_and_is_tried_again()
    {
        await using var house = await OpenAsync();
        var invoice = await SignedInvoiceAsync(house, "F-8");
        await house.SettleAsync();
        await house.PassAsync(TimeSpan.FromDays(20));
        var settled = Assert.Single(await DebitsAsync(house, invoice));

        house.World.Return(settled.Id, "AM04");
        await house.TellAsync(settled);
        await house.TellAsync(settled);
        await house.SettleAsync();

        Assert.Equal(InvoiceStatus.Open, (await InvoiceAsync(house, invoice)).Status);
        var cases = await CasesAsync(house);
        Assert.Equal(2, cases.Count);
        Assert.Equal("retry", cases.Single(each => each.Status == CaseStatus.Running).WaitingNodeId);
        await house.PassAsync(TimeSpan.FromDays(8));

        Assert.Equal(InvoiceStatus.Paid, (await InvoiceAsync(house, invoice)).Status);
        Assert.All(await CasesAsync(house), ended => Assert.Equal(CaseSubStatus.Finished, ended.SubStatus));
        await AssertBalancedAsync(house);
    }

    [Fact]
    public async Task A_refund_claimed_by_the_debtor_is_a_dispute_that_nobody_reminds_of()
    {
        await using var house = await OpenAsync();
        var invoice = await SignedInvoiceAsync(house, "F-9");
        await house.SettleAsync();
        await house.PassAsync(TimeSpan.FromDays(20));
        var settled = Assert.Single(await DebitsAsync(house, invoice));

        house.World.Return(settled.Id, "MD06");
        await house.TellAsync(settled);
        await house.SettleAsync();

        Assert.True((await InvoiceAsync(house, invoice)).Disputed);
        Assert.Single(await DebitsAsync(house, invoice));
        Assert.Equal("failed-debit", Assert.Single(await TasksAsync(house)).Kind);
    }

    [Fact]
    public async Task The_notice_of_a_far_debit_goes_out_when_it_begins()
    {
        await using var house = await OpenAsync();
        await SignedInvoiceAsync(house, "F-10", dueDate: new DateOnly(2027, 1, 29));
        await house.SettleAsync();

        await house.PassAsync(TimeSpan.FromDays(50));
        Assert.Empty(await SentAsync(house));
        await house.PassAsync(TimeSpan.FromDays(4));

        Assert.Equal(["debit.upcoming"], await SentAsync(house));
    }

    private static Task<ScenarioHouse> OpenAsync() => ScenarioHouse.OpenAsync();

    private static async Task<Invoice> SignedInvoiceAsync(ScenarioHouse house, string number, params string[] refusals) =>
        await SignedInvoiceAsync(house, number, null, refusals);

    private static async Task<Invoice> SignedInvoiceAsync(ScenarioHouse house, string number, DateOnly? dueDate, params string[] refusals)
    {
        var invoice = await house.InvoiceComesInAsync(number, 100_00, dueDate, scenarioId: ReadyMadeScenarios.SepaRetryId, begin: false);
        await house.InScopeAsync(async scope =>
        {
            await scope.GetRequiredService<Mandates>().AskAsync(new NewMandate { CustomerId = invoice.CustomerId });
            await scope.GetRequiredService<IMerchantRecords>().CommitAsync();
        });
        await house.SettleAsync();
        var mandate = Assert.Single(await MandatesAsync(house));
        house.World.Sign(mandate.Id);
        house.World.Say(mandate.Id, refusals);
        await house.TellAsync(mandate);
        await house.BeginAsync(invoice, ReadyMadeScenarios.SepaRetryId);
        return invoice;
    }

    private static Task<Invoice> InvoiceAsync(ScenarioHouse house, Invoice invoice) =>
        house.ReadAsync(async scope => (await scope.GetRequiredService<IMerchantRecords>().FindAsync<Invoice>(invoice.Id))!);

    private static Task<IReadOnlyList<DirectDebit>> DebitsAsync(ScenarioHouse house, Invoice invoice) =>
        house.ReadAsync(async scope => await scope.GetRequiredService<IMerchantRecords>().ListAsync<DirectDebit>(debit => debit.InvoiceId == invoice.Id));

    private static Task<IReadOnlyList<Mandate>> MandatesAsync(ScenarioHouse house) =>
        house.ReadAsync(async scope => await scope.GetRequiredService<IMerchantRecords>().ListAsync<Mandate>(_ => true));

    private static Task<IReadOnlyList<WorkTask>> TasksAsync(ScenarioHouse house) =>
        house.ReadAsync(async scope => await scope.GetRequiredService<IMerchantRecords>().ListAsync<WorkTask>(task => task.Status == WorkTaskStatus.Open));

    private static Task<IReadOnlyList<CaseRecord>> CasesAsync(ScenarioHouse house) =>
        house.ReadAsync(async scope => await scope.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery()));

    private static async Task<IEnumerable<string>> SentAsync(ScenarioHouse house) =>
        (await house.ReadAsync(async scope => await scope.GetRequiredService<IMerchantRecords>().ListAsync<Message>(message => message.Status == MessageStatus.Sent)))
            .Select(message => message.Template);

    private static async Task AssertBalancedAsync(ScenarioHouse house)
    {
        var balances = await house.ReadAsync(async scope => await scope.GetRequiredService<ILedger>().TrialBalanceAsync());
        Assert.Equal(0, balances.Sum(balance => balance.BalanceMinor));
    }
}
