using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Tasks;

/// <summary>Something a person is to do or decide.</summary>
public sealed record WorkTask : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>Unique in a merchant: created once however often asked.</summary>
    public required string Key { get; init; }

    /// <summary>What kind of task (<c>call</c>, <c>review-transfer</c>, <c>request-refused</c>).</summary>
    public required string Kind { get; init; }

    /// <summary>What to do, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>More to know; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The customer concerned.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The invoice concerned.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The transfer concerned.</summary>
    public Guid? TransferId { get; init; }

    /// <summary>What is at stake; null for nothing.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>Currency of what is at stake.</summary>
    public string? Currency { get; init; }

    /// <summary>Whether it waits for somebody.</summary>
    public WorkTaskStatus Status { get; init; } = WorkTaskStatus.Open;

    /// <summary>Who has it; null for nobody.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>What was decided; null while open.</summary>
    public string? Outcome { get; init; }

    /// <summary>Who decided; null while open.</summary>
    public string? CompletedBy { get; init; }

    /// <summary>When it was created (business time).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was done (business time); null while open.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>Whether a task waits for somebody.</summary>
public enum WorkTaskStatus
{
    /// <summary>It does.</summary>
    Open,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>Nothing is left to do: what it was about settled itself.</summary>
    Obsolete,
}
