using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Tests;

public sealed class MarketplaceSplitTests
{
    [Fact]
    public async Task A_paid_marketplace_invoice_gives_the_affiliate_its_tenth_when_the_card_money_is_there()
    {
        await using var house = await OpenAsync(PayoutSchedule.EachShare);
        var invoice = await ComesInAsync(house, "M-1", 123_45, "marketplace");
        await house.SettleAsync();

        // Monday 23 November 2026: available on Wednesday.
        await PayByCardAsync(house, invoice, 123_45);
        await house.SettleAsync();
        Assert.Equal("split", Assert.Single(await CasesAsync(house)).WaitingNodeId);
        Assert.Equal(12_34, Assert.Single(await ListAsync<Split>(house)).Amount.AmountMinor);
        Assert.Empty(await ListAsync<Payout>(house));

        await house.PassAsync(TimeSpan.FromDays(2));
        var payout = Assert.Single(await ListAsync<Payout>(house));
        Assert.Equal((PayoutState.AwaitingApproval, 12_34, 1), (payout.State, payout.Amount.AmountMinor, payout.Operations));
        Assert.Equal(CaseSubStatus.Finished, Assert.Single(await CasesAsync(house)).SubStatus);
        var balances = await house.ReadAsync(async scope => await scope.GetRequiredService<ILedger>().TrialBalanceAsync());
        Assert.Equal(0, balances.Sum(balance => balance.BalanceMinor));
        Assert.Equal(-12_34, balances.Single(balance => balance.Account == LedgerAccount.ThirdPartyPayable).BalanceMinor);
    }

    [Fact]
    public async Task Shares_of_several_cases_are_one_payout_and_the_publisher_of_the_scenario_does_not_sign_it()
    {
        await using var house = await OpenAsync(PayoutSchedule.EachShare);
        var first = await ComesInAsync(house, "M-1", 100_00, "marketplace");
        var second = await ComesInAsync(house, "M-2", 50_00, "marketplace");
        await house.SettleAsync();
        await PayByCardAsync(house, first, 100_00);
        await PayByCardAsync(house, second, 50_00);
        await house.SettleAsync();
        await house.PassAsync(TimeSpan.FromDays(3));

        var payout = Assert.Single(await ListAsync<Payout>(house));
        Assert.Equal((15_00, 2), (payout.Amount.AmountMinor, payout.Operations));
        Assert.Equal(RuleCodes.PayoutOwnScenario, await RefusalAsync(house, payout, "test"));
        Assert.Equal(RuleCodes.PayoutOwnAccount, await RefusalAsync(house, payout, "clerk"));
        Assert.Null(await RefusalAsync(house, payout, "approver"));
        Assert.All(await CasesAsync(house), ended => Assert.Equal(CaseSubStatus.Finished, ended.SubStatus));
    }

    [Fact]
    public async Task Another_invoice_gives_no_share_and_a_third_party_with_a_schedule_only_accrues()
    {
        await using var house = await OpenAsync(PayoutSchedule.Monthly);
        var direct = await ComesInAsync(house, "D-1", 100_00, "direct");
        var sold = await ComesInAsync(house, "M-1", 100_00, "marketplace");
        await house.SettleAsync();
        await PayByCardAsync(house, direct, 100_00);
        await PayByCardAsync(house, sold, 100_00);
        await house.SettleAsync();

        Assert.Equal(sold.Id, Assert.Single(await ListAsync<Split>(house)).InvoiceId);
        Assert.All(await CasesAsync(house), ended => Assert.Equal(CaseSubStatus.Finished, ended.SubStatus));
        Assert.Empty(await ListAsync<Payout>(house));
    }

    private static async Task<ScenarioHouse> OpenAsync(PayoutSchedule schedule)
    {
        var house = await ScenarioHouse.OpenAsync();
        await house.AsAsync(Somebody("clerk"), async scope => await scope.GetRequiredService<BeneficiaryDesk>().AddAsync(new BeneficiaryDetails
        {
            Code = "affilie",
            Name = "Affilié SARL",
            WalletReference = "0192f0a1-0000-7000-8000-0000000000aa",
            Schedule = schedule,
        }));
        return house;
    }

    private static Actor Somebody(string id) => new() { Id = id, Name = id, Permissions = Permissions.All.ToHashSet() };

    private static Task<string?> RefusalAsync(ScenarioHouse house, Payout payout, string who) =>
        house.AsAsync(Somebody(who), scope => scope.GetRequiredService<PayoutDesk>().RefusalAsync(payout.Id));

    private static Task<Invoice> ComesInAsync(ScenarioHouse house, string number, long amountMinor, string kind) =>
        house.InvoiceComesInAsync(number, amountMinor, scenarioId: ReadyMadeScenarios.MarketplaceSplitId, kind: kind);

    private static Task PayByCardAsync(ScenarioHouse house, Invoice invoice, long amountMinor) => house.InScopeAsync(async scope =>
    {
        var records = scope.GetRequiredService<IMerchantRecords>();
        var request = (await records.ListAsync<PaymentRequest>(each => each.InvoiceId == invoice.Id)).Single();
        await scope.GetRequiredService<ReceiptBook>().BookAsync(new ReceivedMoney
        {
            SourceKey = "tx-" + invoice.Number,
            Method = PaymentMethod.Card,
            Amount = new Money(amountMinor, "EUR"),
            ReceivedAt = house.Clock.GetUtcNow(),
            RequestId = request.Id,
        });
        await records.CommitAsync();
    });

    private static Task<IReadOnlyList<T>> ListAsync<T>(ScenarioHouse house) where T : class, IMerchantRecord =>
        house.ReadAsync(async scope => await scope.GetRequiredService<IMerchantRecords>().ListAsync<T>(row => row.MerchantId == house.MerchantId));

    private static Task<IReadOnlyList<CaseRecord>> CasesAsync(ScenarioHouse house) =>
        house.ReadAsync(async scope => await scope.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery()));
}
