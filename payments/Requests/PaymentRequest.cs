using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Requests;

/// <summary>A request to pay, with a link: CentralPay's central object, on its two status axes.</summary>
public sealed record PaymentRequest : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The invoice it asks for.</summary>
    public required Guid InvoiceId { get; init; }

    /// <summary>The customer asked.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>What is asked.</summary>
    public required Money Amount { get; init; }

    /// <summary>What came in against it; never above what is asked.</summary>
    public required Money Paid { get; init; }

    /// <summary>The life of the request.</summary>
    public RequestStatus RequestStatus { get; init; } = RequestStatus.Active;

    /// <summary>The money of the request.</summary>
    public RequestPaymentStatus PaymentStatus { get; init; } = RequestPaymentStatus.Pending;

    /// <summary>The secret part of our payment page's address: 22 url-safe characters. Unique over all merchants.</summary>
    public required string LinkToken { get; init; }

    /// <summary>The reference a payer puts on a transfer (ISO 11649). Unique in a merchant.</summary>
    public required string Reference { get; init; }

    /// <summary>After it nothing can be paid (business time); null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The gateway's identity for it; null until it is created there.</summary>
    public string? GatewayRequestId { get; init; }

    /// <summary>The gateway's payment page for it; null until it is created there.</summary>
    public string? GatewayEndpoint { get; init; }

    /// <summary>The virtual IBAN dedicated to this debt; null until it is created at the gateway.</summary>
    public string? VirtualIban { get; init; }

    /// <summary>When it was made (business time).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the payer's browser last came back from the gateway (business time): a reason to ask the gateway.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }
}

/// <summary>The life of a payment request.</summary>
public enum RequestStatus
{
    /// <summary>It can be paid.</summary>
    Active,

    /// <summary>It was cancelled and cannot be paid.</summary>
    Canceled,

    /// <summary>No more payments are taken.</summary>
    Closed,
}

/// <summary>The money of a payment request.</summary>
public enum RequestPaymentStatus
{
    /// <summary>Nothing came.</summary>
    Pending,

    /// <summary>A part came.</summary>
    Partial,

    /// <summary>All came.</summary>
    Paid,

    /// <summary>It ended without all the money.</summary>
    Unpaid,
}
