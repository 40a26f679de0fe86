using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Server.Payer;

/// <summary>What a payer sees of one payment request.</summary>
internal sealed record PayerView
{
    public required PayerState State { get; init; }
    public required string Token { get; init; }
    public required string MerchantName { get; init; }
    public required string MerchantEmail { get; init; }
    public required string InvoiceNumber { get; init; }
    public string? Description { get; init; }
    public required DateOnly DueDate { get; init; }
    public required bool IsOverdue { get; init; }
    public required Money Amount { get; init; }
    public required Money Paid { get; init; }
    public Uri? CardPage { get; init; }
    public string? Iban { get; init; }
    public required string Reference { get; init; }

    public Money Remaining => Amount - Paid;
}

/// <summary>What the page has to say.</summary>
internal enum PayerState
{
    /// <summary>Something is to be paid.</summary>
    ToPay,

    /// <summary>The gateway has not made its page yet.</summary>
    Preparing,

    /// <summary>The payer came back from the gateway; what happened there is being asked.</summary>
    Checking,

    /// <summary>Nothing is owed any more.</summary>
    Paid,

    /// <summary>Cancelled or expired.</summary>
    Ended,
}
