using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>How far a payout is.</summary>
public enum PayoutState
{
    /// <summary>Proposed; somebody else has to sign.</summary>
    AwaitingApproval,

    /// <summary>Signed; the order has not left.</summary>
    AwaitingPayment,

    /// <summary>The order left; nobody can take it back.</summary>
    InProgress,

    /// <summary>Paid.</summary>
    Completed,

    /// <summary>Rejected, given up, or refused by the gateway or bank: no money left, its operations are free again.</summary>
    Cancelled,
}

/// <summary>What can happen to a payout.</summary>
public enum PayoutEvent
{
    /// <summary>It, or its beneficiary, was changed: approvals are void.</summary>
    Edited,

    /// <summary>Another person signed.</summary>
    Approved,

    /// <summary>An approver said no.</summary>
    Rejected,

    /// <summary>It was given up before the order left.</summary>
    Withdrawn,

    /// <summary>The order leaves.</summary>
    Sent,

    /// <summary>The money is there.</summary>
    Executed,

    /// <summary>The gateway or bank did not pay.</summary>
    Refused,
}

/// <summary>The life of a payout. Once the order left, only its answer moves it.</summary>
public static class PayoutLife
{
    /// <summary>State x event -> state.</summary>
    public static StateTable<PayoutState, PayoutEvent> Table { get; } = new(
        (PayoutState.AwaitingApproval, PayoutEvent.Edited, PayoutState.AwaitingApproval),
        (PayoutState.AwaitingApproval, PayoutEvent.Approved, PayoutState.AwaitingPayment),
        (PayoutState.AwaitingApproval, PayoutEvent.Rejected, PayoutState.Cancelled),
        (PayoutState.AwaitingApproval, PayoutEvent.Withdrawn, PayoutState.Cancelled),
        (PayoutState.AwaitingPayment, PayoutEvent.Edited, PayoutState.AwaitingApproval),
        (PayoutState.AwaitingPayment, PayoutEvent.Rejected, PayoutState.Cancelled),
        (PayoutState.AwaitingPayment, PayoutEvent.Withdrawn, PayoutState.Cancelled),
        (PayoutState.AwaitingPayment, PayoutEvent.Sent, PayoutState.InProgress),
        (PayoutState.InProgress, PayoutEvent.Executed, PayoutState.Completed),
        (PayoutState.InProgress, PayoutEvent.Refused, PayoutState.Cancelled));

    /// <summary>Whether the payout holds funds: it may still be paid.</summary>
    public static bool IsOpen(PayoutState state) => state is not (PayoutState.Completed or PayoutState.Cancelled);

    /// <summary>
    /// The payout after the event; an edit takes its approval away. Throws <see cref="RuleViolationException"/> when the event
    /// cannot follow on its state.
    /// </summary>
    public static Payout After(Payout payout, PayoutEvent happened)
    {
        ArgumentNullException.ThrowIfNull(payout);
        if (!Table.Allows(payout.State, happened))
        {
            throw RuleViolationException.Of("state", RuleCodes.StateRefuses, ("state", payout.State.ToString()), ("event", happened.ToString()));
        }

        var next = payout with { State = Table.After(payout.State, happened) };
        return happened == PayoutEvent.Edited ? next with { ApprovedBy = null, ApprovedByName = null, ApprovedAt = null } : next;
    }
}
