using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Gateway;

/// <summary>The gateway's payouts as the domain sees them, for one merchant. Each call is one try; none is made inside a transaction.</summary>
public interface IPayoutGateway
{
    /// <summary>Orders a payout under a key: the same key answers the same payout.</summary>
    Task<GatewayResult<GatewayPayout>> CreatePayoutAsync(NewGatewayPayout payout, string key, CancellationToken cancellationToken);

    /// <summary>Finds a payout by our id, after the answer to its order was lost; a delivered null when there is none.</summary>
    Task<GatewayResult<GatewayPayout?>> FindPayoutAsync(string merchantPayoutId, bool isToWallet, CancellationToken cancellationToken);

    /// <summary>Reads a payout.</summary>
    Task<GatewayResult<GatewayPayout>> ReadPayoutAsync(string gatewayPayoutId, bool isToWallet, CancellationToken cancellationToken);
}

/// <summary>A payout to order at the gateway: to a wallet, or to a bank account of the merchant.</summary>
public sealed record NewGatewayPayout
{
    /// <summary>Our id.</summary>
    public required string MerchantPayoutId { get; init; }

    /// <summary>What is paid.</summary>
    public required Money Amount { get; init; }

    /// <summary>What the payee reads.</summary>
    public required string Description { get; init; }

    /// <summary>The payee's wallet; null for a bank account.</summary>
    public string? WalletId { get; init; }

    /// <summary>The payee's name; used with an account.</summary>
    public string? Name { get; init; }

    /// <summary>The payee's account; null for a wallet.</summary>
    public string? Iban { get; init; }
}

/// <summary>A payout as the gateway tells it.</summary>
/// <param name="Id">The gateway's id.</param>
/// <param name="MerchantPayoutId">Our id.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Reason">Why it was refused; null otherwise.</param>
public sealed record GatewayPayout(string Id, string MerchantPayoutId, GatewayPayoutStatus Status, string? Reason);

/// <summary>How far the gateway is with a payout.</summary>
public enum GatewayPayoutStatus
{
    /// <summary>Taken, not executed.</summary>
    Pending,

    /// <summary>The money moved.</summary>
    Executed,

    /// <summary>It did not, and will not.</summary>
    Refused,
}
