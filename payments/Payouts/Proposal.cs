using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>What came of looking for something to pay a beneficiary.</summary>
public enum ProposalOutcome
{
    /// <summary>A payout is proposed, or an open proposal grew.</summary>
    Proposed,

    /// <summary>Something is owed, and its funds are not there yet.</summary>
    NotAvailableYet,

    /// <summary>Nothing is owed.</summary>
    NothingToPay,
}

/// <summary>A proposal.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Payout">The payout, when proposed.</param>
/// <param name="Waiting">What is owed and not available, or zero.</param>
/// <param name="AvailableAt">When some of it is available (business time); null where that is not known.</param>
public sealed record Proposal(ProposalOutcome Outcome, Payout? Payout, Money Waiting, DateTimeOffset? AvailableAt);

/// <summary>Why payouts are proposed, as codes pages translate.</summary>
public static class ProposalReasons
{
    /// <summary>A scenario booked a share whose funds are there.</summary>
    public const string Share = "share";

    /// <summary>The beneficiary's schedule said so.</summary>
    public const string Schedule = "schedule";

    /// <summary>A person asked.</summary>
    public const string Person = "person";
}
