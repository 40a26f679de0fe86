using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>Reads balances by wallet from the ledger: no balance is kept anywhere.</summary>
public sealed class Wallets(IMerchantRecords records, ILedger ledger, TimeProvider time, ICurrentActor current)
{
    /// <summary>The most payouts that can be open at once; more are refused.</summary>
    public const int MaxOpenPayouts = 1000;

    /// <summary>What may be paid out of a currency now. Needs <see cref="Permissions.Read"/>.</summary>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="without">A payout whose own hold is left out; null for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<WalletFunds> FundsAsync(string currency, Guid? without = null, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        var merchant = await records.MerchantAsync(cancellationToken);
        var cutOff = FundsCalendar.CardCutOff(time.GetUtcNow(), merchant);
        var available = (await ledger.AvailableAsync(LedgerAccount.GatewayClearing, cutOff, cancellationToken)).GetValueOrDefault(currency);
        var all = (await ledger.BalanceAsync(LedgerAccount.GatewayClearing, null, null, cancellationToken)).GetValueOrDefault(currency);
        var bank = (await ledger.BalanceAsync(LedgerAccount.Bank, null, null, cancellationToken)).GetValueOrDefault(currency);
        var owed = (await OwedAsync(cancellationToken)).Where(balance => balance.Owed.Currency == currency && balance.Owed.IsPositive).Sum(balance => balance.Owed.AmountMinor);
        var open = await records.ListAsync<Payout>(payout => payout.State != PayoutState.Completed && payout.State != PayoutState.Cancelled, MaxOpenPayouts, cancellationToken);
        var holding = open.Where(payout => payout.Id != without && payout.Amount.Currency == currency).ToList();
        return new WalletFunds(
            available, all - available, bank, owed,
            holding.Where(payout => payout.Way == PayoutWay.Gateway).Sum(payout => payout.Amount.AmountMinor),
            holding.Where(payout => payout.Way == PayoutWay.File).Sum(payout => payout.Amount.AmountMinor))
        {
            HeldForThirdParties = holding.Where(payout => payout.Kind == BeneficiaryKind.ThirdParty).Sum(payout => payout.Amount.AmountMinor),
        };
    }

    /// <summary>What each beneficiary is owed by the books, by currency; below zero where it owes us. Needs <see cref="Permissions.Read"/>.</summary>
    public async Task<IReadOnlyList<BeneficiaryBalance>> OwedAsync(CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        return [.. (await ledger.OfBeneficiariesAsync(LedgerAccount.ThirdPartyPayable, cancellationToken))
            .Select(balance => new BeneficiaryBalance(balance.BeneficiaryId, new Money(-balance.BalanceMinor, balance.Currency)))];
    }
}

/// <summary>What a beneficiary is owed in a currency.</summary>
/// <param name="BeneficiaryId">The beneficiary.</param>
/// <param name="Owed">What it is owed; below zero when it owes us.</param>
public sealed record BeneficiaryBalance(Guid BeneficiaryId, Money Owed);
