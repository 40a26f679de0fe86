using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>How a direct debit stands.</summary>
public enum DebitStatus
{
    /// <summary>To be handed to the bank when its day comes.</summary>
    Scheduled,

    /// <summary>On its way to the gateway, or its answer was lost. It is asked for, never sent blindly again.</summary>
    Unknown,

    /// <summary>The gateway has it.</summary>
    Submitted,

    /// <summary>The money came.</summary>
    Settled,

    /// <summary>No money came.</summary>
    Failed,

    /// <summary>The money came, and went back.</summary>
    Returned,

    /// <summary>Withdrawn before the money moved.</summary>
    Cancelled,
}

/// <summary>What can happen to a direct debit.</summary>
public enum DebitEvent
{
    /// <summary>The gateway takes it.</summary>
    Submitted,

    /// <summary>It is sent, or the gateway's answer is lost: from here on it may be there.</summary>
    AnswerLost,

    /// <summary>It never left, and surely is not there.</summary>
    NotSent,

    /// <summary>The gateway does not take it.</summary>
    Refused,

    /// <summary>The money comes.</summary>
    Settled,

    /// <summary>A bank refuses it before settlement.</summary>
    Rejected,

    /// <summary>The debtor's bank takes the money back.</summary>
    Returned,

    /// <summary>It is withdrawn.</summary>
    Cancelled,
}

/// <summary>The life of a direct debit. It only moves forward; money that comes in spite of all counts.</summary>
public static class DebitLife
{
    /// <summary>State x event -> state.</summary>
    public static StateTable<DebitStatus, DebitEvent> Table { get; } = new(
        (DebitStatus.Scheduled, DebitEvent.Submitted, DebitStatus.Submitted),
        (DebitStatus.Scheduled, DebitEvent.AnswerLost, DebitStatus.Unknown),
        (DebitStatus.Scheduled, DebitEvent.Refused, DebitStatus.Failed),
        (DebitStatus.Scheduled, DebitEvent.Cancelled, DebitStatus.Cancelled),
        (DebitStatus.Unknown, DebitEvent.Submitted, DebitStatus.Submitted),
        (DebitStatus.Unknown, DebitEvent.AnswerLost, DebitStatus.Unknown),
        (DebitStatus.Unknown, DebitEvent.NotSent, DebitStatus.Scheduled),
        (DebitStatus.Unknown, DebitEvent.Refused, DebitStatus.Failed),
        (DebitStatus.Unknown, DebitEvent.Cancelled, DebitStatus.Cancelled),
        (DebitStatus.Submitted, DebitEvent.Settled, DebitStatus.Settled),
        (DebitStatus.Submitted, DebitEvent.Rejected, DebitStatus.Failed),
        (DebitStatus.Submitted, DebitEvent.Cancelled, DebitStatus.Cancelled),
        (DebitStatus.Settled, DebitEvent.Returned, DebitStatus.Returned),
        (DebitStatus.Failed, DebitEvent.Settled, DebitStatus.Settled),
        (DebitStatus.Cancelled, DebitEvent.Settled, DebitStatus.Settled));

    /// <summary>The states in which a debit may still bring money: no other one is made for the same invoice.</summary>
    public static IReadOnlyList<DebitStatus> UnderWay { get; } = [DebitStatus.Scheduled, DebitStatus.Unknown, DebitStatus.Submitted];

    /// <summary>Whether it may still bring money.</summary>
    public static bool IsUnderWay(DirectDebit debit)
    {
        ArgumentNullException.ThrowIfNull(debit);
        return UnderWay.Contains(debit.Status);
    }

    /// <summary>The debit after the event; throws <see cref="IllegalTransitionException"/> when it cannot happen.</summary>
    public static DirectDebit After(DirectDebit debit, DebitEvent happened)
    {
        ArgumentNullException.ThrowIfNull(debit);
        return debit with { Status = Table.After(debit.Status, happened) };
    }
}
