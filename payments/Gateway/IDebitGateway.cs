using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Debits;

namespace CentralPay.Workflows.Payments.Gateway;

/// <summary>
/// Mandates and direct debits at the gateway, for one merchant. Each call is one try; none is made inside a transaction. No public
/// document confirms their addresses and names.
/// </summary>
public interface IDebitGateway
{
    /// <summary>Creates a mandate for signing, under a key: the same key answers the same mandate.</summary>
    Task<GatewayResult<GatewayMandate>> CreateMandateAsync(NewGatewayMandate mandate, string key, CancellationToken cancellationToken);

    /// <summary>Finds a mandate by our id; a delivered null when there is none.</summary>
    Task<GatewayResult<GatewayMandate?>> FindMandateAsync(string merchantMandateId, CancellationToken cancellationToken);

    /// <summary>Reads a mandate.</summary>
    Task<GatewayResult<GatewayMandate>> ReadMandateAsync(string gatewayMandateId, CancellationToken cancellationToken);

    /// <summary>Cancels a mandate.</summary>
    Task<GatewayResult<GatewayMandate>> CancelMandateAsync(string gatewayMandateId, CancellationToken cancellationToken);

    /// <summary>Hands a direct debit over, under a key: the same key answers the same debit.</summary>
    Task<GatewayResult<GatewayDebit>> CreateDebitAsync(NewGatewayDebit debit, string key, CancellationToken cancellationToken);

    /// <summary>Finds a direct debit by our id; a delivered null when there is none.</summary>
    Task<GatewayResult<GatewayDebit?>> FindDebitAsync(string merchantDebitId, CancellationToken cancellationToken);

    /// <summary>Reads a direct debit.</summary>
    Task<GatewayResult<GatewayDebit>> ReadDebitAsync(string gatewayDebitId, CancellationToken cancellationToken);

    /// <summary>Withdraws a direct debit before its money moved.</summary>
    Task<GatewayResult<GatewayDebit>> CancelDebitAsync(string gatewayDebitId, CancellationToken cancellationToken);
}

/// <summary>A mandate to create at the gateway.</summary>
public sealed record NewGatewayMandate
{
    /// <summary>Our id.</summary>
    public required string MerchantMandateId { get; init; }

    /// <summary>The unique mandate reference, at most 35 characters.</summary>
    public required string Reference { get; init; }

    /// <summary>The scheme.</summary>
    public required MandateScheme Scheme { get; init; }

    /// <summary>The debtor's name, filled in for the payer; at most 70 characters.</summary>
    public required string DebtorName { get; init; }

    /// <summary>The payer's e-mail; null when none is known.</summary>
    public string? Email { get; init; }

    /// <summary>Where the one-time code goes (E.164); null when the payer gives it.</summary>
    public string? Phone { get; init; }

    /// <summary>The payer's language, ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>The link token of the payment page that the browser goes back to; null for none.</summary>
    public string? ReturnToken { get; init; }
}

/// <summary>A mandate as the gateway tells it.</summary>
public sealed record GatewayMandate
{
    /// <summary>The gateway's id.</summary>
    public required string Id { get; init; }

    /// <summary>Our id.</summary>
    public required string MerchantMandateId { get; init; }

    /// <summary>PENDING, ACTIVE or CANCELED.</summary>
    public required string Status { get; init; }

    /// <summary>The page on which it is signed; null when there is none any more.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Whose account it is; null until it is signed.</summary>
    public string? DebtorName { get; init; }

    /// <summary>The last four characters of the account's IBAN; null until it is signed.</summary>
    public string? AccountEnding { get; init; }

    /// <summary>When it was signed; null until then.</summary>
    public DateTimeOffset? SignedAt { get; init; }
}

/// <summary>A direct debit to hand over.</summary>
public sealed record NewGatewayDebit
{
    /// <summary>Our id.</summary>
    public required string MerchantDebitId { get; init; }

    /// <summary>The gateway's id of the mandate.</summary>
    public required string GatewayMandateId { get; init; }

    /// <summary>What is debited.</summary>
    public required Money Amount { get; init; }

    /// <summary>The day the account is debited.</summary>
    public required DateOnly CollectOn { get; init; }

    /// <summary>What for, as the debtor's statement shows it; at most 140 characters.</summary>
    public required string Description { get; init; }
}

/// <summary>A direct debit as the gateway tells it.</summary>
public sealed record GatewayDebit
{
    /// <summary>The gateway's id.</summary>
    public required string Id { get; init; }

    /// <summary>Our id.</summary>
    public required string MerchantDebitId { get; init; }

    /// <summary>PENDING, CLEARED, REJECTED, RETURNED or CANCELED.</summary>
    public required string Status { get; init; }

    /// <summary>What is debited.</summary>
    public required Money Amount { get; init; }

    /// <summary>The day the account is debited.</summary>
    public required DateOnly CollectOn { get; init; }

    /// <summary>When the money came; null until then.</summary>
    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>The bank's reason for a rejection or a return; null for none.</summary>
    public string? ReasonCode { get; init; }
}
