using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>A transfer that came in, as the bank's statement or the gateway tells it.</summary>
public sealed record ToldTransfer
{
    /// <summary>Who tells it and under which identity (<c>gateway:…</c>, <c>statement:…</c>).</summary>
    public required string SourceKey { get; init; }

    /// <summary>What came in, above zero.</summary>
    public required Money Amount { get; init; }

    /// <summary>The day it was booked by the bank.</summary>
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

    /// <summary>Other references it carries, separated by spaces.</summary>
    public string? OtherReferences { get; init; }
}
