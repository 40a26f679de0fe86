using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>One attempt to collect an invoice from the customer's account. A retry is a debit of its own that names the first.</summary>
public sealed record DirectDebit : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>Unique in a merchant, and the key of the effect that creates it at the gateway: asking twice under one key is asking once.</summary>
    public required string Key { get; init; }

    /// <summary>The invoice it collects.</summary>
    public required Guid InvoiceId { get; init; }

    /// <summary>The customer debited.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The mandate it runs on.</summary>
    public required Guid MandateId { get; init; }

    /// <summary>The first debit of this collection; its own identity for the first.</summary>
    public required Guid FirstId { get; init; }

    /// <summary>Which attempt it is, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>What is debited; less than announced where a part was paid before it was handed to the bank.</summary>
    public required Money Amount { get; init; }

    /// <summary>The day the account is debited: a TARGET day.</summary>
    public required DateOnly CollectOn { get; init; }

    /// <summary>The day from which the customer is told, as agreed; on the day it was made at the earliest.</summary>
    public required DateOnly AnnounceOn { get; init; }

    /// <summary>How it stands.</summary>
    public DebitStatus Status { get; init; } = DebitStatus.Scheduled;

    /// <summary>What kind of failure ended it; null for none.</summary>
    public DebitFailure? Failure { get; init; }

    /// <summary>Whether it failed before or after its settlement; null where no bank refused it. The same code may come in either.</summary>
    public DebitPhase? Phase { get; init; }

    /// <summary>The bank's reason (ISO 20022 external code, <c>AM04</c>); null for none.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>What went wrong, as the gateway said it; null for nothing.</summary>
    public string? FailureText { get; init; }

    /// <summary>Whether it was returned after money had been given back already: the customer may have it twice.</summary>
    public bool DoubleRefundRisk { get; init; }

    /// <summary>The gateway's identity for it; null until it is created there.</summary>
    public string? GatewayDebitId { get; init; }

    /// <summary>The payment it became; null until it settled.</summary>
    public Guid? PaymentId { get; init; }

    /// <summary>When it was made (business time).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the customer was told of it (business time); null until then.</summary>
    public DateTimeOffset? AnnouncedAt { get; init; }

    /// <summary>When it settled (business time); null until then.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>When it failed, was returned or was cancelled (business time); null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>What kind of failure ended a debit: each is cured in its own way.</summary>
public enum DebitFailure
{
    /// <summary>The debtor or the bank said no.</summary>
    Declined,

    /// <summary>It surely never reached the bank.</summary>
    Technical,
}

/// <summary>When a bank refused a debit.</summary>
public enum DebitPhase
{
    /// <summary>Before settlement: no money had moved.</summary>
    Reject,

    /// <summary>After settlement: the money went back.</summary>
    Return,
}
