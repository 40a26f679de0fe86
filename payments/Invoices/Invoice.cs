using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Invoices;

/// <summary>A receivable: what a customer owes for one invoice.</summary>
public sealed record Invoice : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The invoice's number. Unique in a merchant.</summary>
    public required string Number { get; init; }

    /// <summary>The customer who owes it.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The day it was issued.</summary>
    public required DateOnly IssueDate { get; init; }

    /// <summary>The last day to pay it; age and interest count from it.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>What was invoiced, taxes included.</summary>
    public required Money Amount { get; init; }

    /// <summary>What is still owed; follows the ledger's receivable of this invoice in the same commit.</summary>
    public required Money Open { get; init; }

    /// <summary>How it stands.</summary>
    public InvoiceStatus Status { get; init; } = InvoiceStatus.Open;

    /// <summary>Whether the customer contests it: nobody reminds meanwhile.</summary>
    public bool Disputed { get; init; }

    /// <summary>The day until which the customer promised to pay: nobody reminds before; null for no promise.</summary>
    public DateOnly? PromisedUntil { get; init; }

    /// <summary>Scenario (definition id) for this invoice; null for the customer's or the merchant's.</summary>
    public string? ScenarioId { get; init; }

    /// <summary>What kind of sale it is, in the merchant's own lower-case words (<c>marketplace</c>); null for none. Scenarios decide by it.</summary>
    public string? Kind { get; init; }

    /// <summary>What it is for, as the payer sees it.</summary>
    public string? Description { get; init; }

    /// <summary>What it is found by: its number as <see cref="SearchText"/> folds it. Follows from it.</summary>
    public string Searched
    {
        get => SearchText.Of(Number);
        private init => _ = value;
    }

    /// <summary>When it came in (business time).</summary>
    public required DateTimeOffset ImportedAt { get; init; }

    /// <summary>When the last cent was paid (business time); null while owed.</summary>
    public DateTimeOffset? PaidAt { get; init; }
}

/// <summary>How an invoice stands.</summary>
public enum InvoiceStatus
{
    /// <summary>Nothing was paid.</summary>
    Open,

    /// <summary>A part was paid.</summary>
    PartlyPaid,

    /// <summary>Nothing is owed any more.</summary>
    Paid,

    /// <summary>Withdrawn by the merchant.</summary>
    Cancelled,
}
