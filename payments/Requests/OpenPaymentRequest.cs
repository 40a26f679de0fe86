namespace CentralPay.Workflows.Payments.Requests;

/// <summary>Asks for a payment request for what is owed on an invoice.</summary>
public sealed record OpenPaymentRequest
{
    /// <summary>The invoice.</summary>
    public required Guid InvoiceId { get; init; }

    /// <summary>After it nothing can be paid through the link (business time); null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The key of the effect that creates it at the gateway; asking twice under one key is asking once.</summary>
    public required string EffectKey { get; init; }

    /// <summary>The case that asks; null for none.</summary>
    public Guid? CaseId { get; init; }
}

/// <summary>Asks for a payment request to be cancelled.</summary>
public sealed record CancelPaymentRequest
{
    /// <summary>The payment request.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Why, as a code (<c>cancelled</c>, <c>replaced</c>).</summary>
    public string Reason { get; init; } = "cancelled";

    /// <summary>The key of the effect that cancels it at the gateway; null for one of its own.</summary>
    public string? EffectKey { get; init; }

    /// <summary>The case that asks; null for none.</summary>
    public Guid? CaseId { get; init; }
}
