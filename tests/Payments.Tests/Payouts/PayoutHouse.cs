using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Tests.Payouts;

/// <summary>What payout tests do again and again, each as the person who does it.</summary>
internal static class PayoutHouse
{
    public const string Wallet = "0192f0a1-0000-7000-8000-0000000000aa";
    public const string Iban = "FR7630006000011234567890189";
    public const string OtherIban = "DE89370400440532013000";

    public static readonly Actor Manager = TestHouse.Somebody("manager");
    public static readonly Actor Approver = TestHouse.Somebody("approver");

    public static BeneficiaryDetails ThirdParty(string code = "affilie", PayoutWay way = PayoutWay.Gateway, PayoutSchedule schedule = PayoutSchedule.Manual) => new()
    {
        Code = code,
        Name = "Affilié SARL",
        Kind = BeneficiaryKind.ThirdParty,
        Way = way,
        WalletReference = way == PayoutWay.Gateway ? Wallet : null,
        Iban = way == PayoutWay.File ? Iban : null,
        Schedule = schedule,
    };

    public static TestHouse Open()
    {
        var house = new TestHouse();
        house.InScopeAsync(provider =>
        {
            ((PayoutRules)provider.GetService(typeof(PayoutRules))!).GatewayEnabled = true;
            return Task.FromResult(true);
        }).GetAwaiter().GetResult();
        return house;
    }

    public static Task<Beneficiary> AddAsync(this TestHouse house, BeneficiaryDetails? details = null, Actor? by = null) =>
        house.DoAsync<BeneficiaryDesk, Beneficiary>(desk => desk.AddAsync(details ?? ThirdParty()), by ?? Manager);

    public static Task<Split?> SplitAsync(this TestHouse house, Invoice invoice, int basisPoints = 1000, string code = "affilie", string? key = null, Actor? by = null) =>
        house.DoAsync<SplitBook, Split?>(
            book => book.BookAsync(new NewSplit { Key = key ?? $"split-{Guid.NewGuid()}", Beneficiary = code, InvoiceId = invoice.Id, Terms = new ShareTerms(basisPoints, null, ShareRounding.ToMerchant) }),
            by ?? Manager);

    public static Task<Proposal> ProposeAsync(this TestHouse house, Beneficiary beneficiary, Actor? by = null, string reason = ProposalReasons.Person) =>
        house.DoAsync<PayoutProposals, Proposal>(proposals => proposals.ProposeAsync(beneficiary.Id, reason), by ?? Manager);

    public static Task<Payout> ApproveAsync(this TestHouse house, Payout payout, Actor? by = null) =>
        house.DoAsync<PayoutDesk, Payout>(desk => desk.ApproveAsync(payout.Id, house.Get<Payout>(payout.Id).Revision), by ?? Approver);

    /// <summary>The order leaves, as the outbox does it.</summary>
    public static Task<Payout> SendAsync(this TestHouse house, Payout payout) =>
        house.DoAsync<PayoutExecution, Payout>(execution => execution.StartAsync(payout.Id));

    public static Task TellAsync(this TestHouse house, Payout payout, GatewayPayoutStatus status) =>
        house.DoAsync<PayoutExecution>(execution => execution.ApplyAsync(new GatewayPayout($"gw-{payout.Reference}", payout.Id.ToString(), status, status == GatewayPayoutStatus.Refused ? "blocked" : null)));

    /// <summary>The invoice comes again with a lower amount: money that was paid beyond it is the customer's.</summary>
    public static Task LowerAsync(this TestHouse house, Invoice invoice, long amountMinor) => house.InScopeAsync(async provider =>
    {
        var records = (IMerchantRecords)provider.GetService(typeof(IMerchantRecords))!;
        var before = (await records.FindAsync<Invoice>(invoice.Id))!;
        var amount = TestHouse.Euros(amountMinor);
        records.Post(Postings.InvoiceCorrected(before, amount, TestHouse.Euros(0), house.Now));
        records.Update(InvoiceLife.WithOpen(before with { Amount = amount }, Math.Max(0, (before.Open + (amount - before.Amount)).AmountMinor), house.Now));
        await ((SplitBook)provider.GetService(typeof(SplitBook))!).ReviewAsync([invoice.Id]);
        return true;
    });

    /// <summary>What the books say a beneficiary is owed.</summary>
    public static long Owed(this TestHouse house, Beneficiary beneficiary) => -house.Store.EntriesOf(house.Merchant.Id)
        .SelectMany(entry => entry.Lines)
        .Where(line => line.Account == LedgerAccount.ThirdPartyPayable && line.BeneficiaryId == beneficiary.Id)
        .Sum(line => line.AmountMinor);

    public static Task<Invoice> TransferredAsync(this TestHouse house, long amountMinor, string number) => house.PaidInvoiceAsync(amountMinor, number, PaymentMethod.Transfer);
}
