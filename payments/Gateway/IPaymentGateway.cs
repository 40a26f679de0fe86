using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Receipts;

namespace CentralPay.Workflows.Payments.Gateway;

/// <summary>The payment gateway as the domain sees it, for one merchant. Each call is one try; none is made inside a transaction.</summary>
public interface IPaymentGateway
{
    /// <summary>Creates a payment request under a key: the same key answers the same request.</summary>
    Task<GatewayResult<GatewayRequest>> CreateRequestAsync(NewGatewayRequest request, string key, CancellationToken cancellationToken);

    /// <summary>Finds a payment request by our id, after the answer to its creation was lost; a delivered null when there is none.</summary>
    Task<GatewayResult<GatewayRequest?>> FindRequestAsync(string merchantPaymentRequestId, CancellationToken cancellationToken);

    /// <summary>Reads a payment request with its payments.</summary>
    Task<GatewayResult<GatewayRequest>> ReadRequestAsync(string gatewayRequestId, CancellationToken cancellationToken);

    /// <summary>Cancels a payment request.</summary>
    Task<GatewayResult<GatewayRequest>> CancelRequestAsync(string gatewayRequestId, CancellationToken cancellationToken);

    /// <summary>Reads an incoming bank transfer.</summary>
    Task<GatewayResult<GatewayTransfer>> ReadTransferAsync(string gatewayTransferId, CancellationToken cancellationToken);
}

/// <summary>What a call to the gateway led to; exactly one of value and error is there.</summary>
/// <param name="Outcome">Delivered, refused, failed or unknown, as the outbox keeps them apart.</param>
/// <param name="Value">The answer, when delivered.</param>
/// <param name="Error">What went wrong, otherwise.</param>
/// <param name="StatusCode">The HTTP status; null when there was none.</param>
public sealed record GatewayResult<T>(Effects.EffectOutcomeKind Outcome, T? Value, string? Error, int? StatusCode);

/// <summary>A payment request to create at the gateway.</summary>
public sealed record NewGatewayRequest
{
    /// <summary>Our id, sent as <c>merchantPaymentRequestId</c>.</summary>
    public required string MerchantPaymentRequestId { get; init; }

    /// <summary>What is asked.</summary>
    public required Money Amount { get; init; }

    /// <summary>What for, as the payer sees it.</summary>
    public required string Description { get; init; }

    /// <summary>The payer's e-mail; null when none is known.</summary>
    public string? Email { get; init; }

    /// <summary>The payer's language, ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>After it nothing can be paid; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Where the payer's browser goes after paying.</summary>
    public required string RedirectUrl { get; init; }
}

/// <summary>A payment request as the gateway tells it.</summary>
public sealed record GatewayRequest
{
    /// <summary>The gateway's id.</summary>
    public required string Id { get; init; }

    /// <summary>Our id.</summary>
    public required string MerchantPaymentRequestId { get; init; }

    /// <summary>What is asked there in all; null where it was not told.</summary>
    public Money? Amount { get; init; }

    /// <summary>The payer's page.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The virtual IBAN of this debt; null where none was made.</summary>
    public string? VirtualIban { get; init; }

    /// <summary>ACTIVE, CANCELED or CLOSED.</summary>
    public required string RequestStatus { get; init; }

    /// <summary>PENDING, PARTIAL, PAID or UNPAID.</summary>
    public required string PaymentStatus { get; init; }

    /// <summary>Card payments that succeeded. Transfers are told as transfers.</summary>
    public IReadOnlyList<GatewayPayment> Payments { get; init; } = [];

    /// <summary>The gateway's ids of the bank transfers that paid it.</summary>
    public IReadOnlyList<string> TransferIds { get; init; } = [];
}

/// <summary>A payment made at the gateway.</summary>
/// <param name="Id">The gateway's id of it: booked once.</param>
/// <param name="Method">How it was paid.</param>
/// <param name="Amount">What was paid.</param>
/// <param name="PaidAt">When.</param>
public sealed record GatewayPayment(string Id, PaymentMethod Method, Money Amount, DateTimeOffset PaidAt);

/// <summary>An incoming bank transfer as the gateway tells it.</summary>
public sealed record GatewayTransfer
{
    /// <summary>The gateway's id.</summary>
    public required string Id { get; init; }

    /// <summary>What came in.</summary>
    public required Money Amount { get; init; }

    /// <summary>The day it was booked.</summary>
    public required DateOnly BookedOn { get; init; }

    /// <summary>The account it came in on.</summary>
    public string? CreditorIban { get; init; }

    /// <summary>The payer's name.</summary>
    public string? DebtorName { get; init; }

    /// <summary>The payer's IBAN.</summary>
    public string? DebtorIban { get; init; }

    /// <summary>What the payer wrote.</summary>
    public string? Remittance { get; init; }

    /// <summary>The payer's end-to-end id.</summary>
    public string? EndToEndId { get; init; }
}
