namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>What may be paid out of a currency now, computed from the books and the payouts under way. Pure.</summary>
/// <param name="GatewayMinor">On the gateway, of which card money only from D+2 on.</param>
/// <param name="OnTheWayMinor">On the gateway, and not available yet.</param>
/// <param name="BankMinor">On the bank account.</param>
/// <param name="OwedMinor">Owed to third parties, those who owe us left out.</param>
/// <param name="ByGatewayMinor">Held by open payouts through the gateway.</param>
/// <param name="ByFileMinor">Held by open payouts by file.</param>
public sealed record WalletFunds(long GatewayMinor, long OnTheWayMinor, long BankMinor, long OwedMinor, long ByGatewayMinor, long ByFileMinor)
{
    /// <summary>
    /// What a payout to a third party may take, zero or above. The gateway pays from its wallet first and from the transfers it
    /// took in after that; a file only from the bank.
    /// </summary>
    public long ForThirdParty(PayoutWay way) => way == PayoutWay.Gateway ? GatewayLeft + BankLeft : BankLeft;

    /// <summary>What a payout to an own account may take, zero or above: what is on the gateway, less what third parties are owed and the reserve.</summary>
    public long ForOwnAccount(long reserveMinor) => Math.Max(0, GatewayLeft - Math.Max(0, OwedMinor - HeldForThirdParties) - reserveMinor);

    /// <summary>What of the open payouts is for third parties, and so in what is owed to them already.</summary>
    public long HeldForThirdParties { get; init; }

    private long GatewayLeft => Math.Max(0, GatewayMinor - ByGatewayMinor);

    private long BankLeft => Math.Max(0, BankMinor - ByFileMinor - Math.Max(0, ByGatewayMinor - GatewayMinor));
}
