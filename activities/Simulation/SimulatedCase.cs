using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>What would have become of one invoice.</summary>
public sealed record SimulatedCase
{
    /// <summary>The invoice.</summary>
    public required Guid InvoiceId { get; init; }

    /// <summary>Its number.</summary>
    public required string Number { get; init; }

    /// <summary>The customer's name.</summary>
    public required string Customer { get; init; }

    /// <summary>What was invoiced.</summary>
    public required Money Amount { get; init; }

    /// <summary>What is still owed at the end.</summary>
    public required Money Open { get; init; }

    /// <summary>The day it was issued.</summary>
    public required DateOnly IssueDate { get; init; }

    /// <summary>The last day to pay it.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>When it was wholly paid; null while owed.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>How its case stands at the end.</summary>
    public required CaseEnding Ending { get; init; }

    /// <summary>The step it waits or stands at; null where it ended.</summary>
    public string? StepId { get; init; }

    /// <summary>What stopped it, in words a business person can act on; null where nothing did.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>Until when it waits there at the most; null for no limit, or where it ended.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>What happened, in order; empty where timelines are not kept.</summary>
    public IReadOnlyList<SimulatedMoment> Moments { get; init; } = [];
}

/// <summary>How a simulated case stands at the end.</summary>
public enum CaseEnding
{
    /// <summary>It ended, and nothing is owed.</summary>
    Paid,

    /// <summary>It ended while something is owed.</summary>
    Unpaid,

    /// <summary>It waits for something.</summary>
    Waiting,

    /// <summary>A step failed: an incident would wait for a decision.</summary>
    Stopped,

    /// <summary>It moved so often that the simulation ended it.</summary>
    CutShort,

    /// <summary>The invoice began no case.</summary>
    NotBegun,
}

/// <summary>One thing that would have happened, and why.</summary>
public sealed record SimulatedMoment
{
    /// <summary>When (simulated business time).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What sort of thing it is.</summary>
    public required MomentKind Kind { get; init; }

    /// <summary>What it is: an event of the catalogue (<c>message.sent</c>), or one of <see cref="MomentNames"/>.</summary>
    public required string What { get; init; }

    /// <summary>The step; null where it happened outside any.</summary>
    public string? StepId { get; init; }

    /// <summary>The outcome the step left by; null for none.</summary>
    public string? Outcome { get; init; }

    /// <summary>The values behind it by name: of a step its settings and what its condition saw, of an event what it tells.</summary>
    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();
}

/// <summary>The sorts of things that happen in a simulation.</summary>
public enum MomentKind
{
    /// <summary>Money came in, or was taken back.</summary>
    Booked,

    /// <summary>A step, a bank or a guard decided.</summary>
    Decided,

    /// <summary>Somebody was told something.</summary>
    Sent,

    /// <summary>Somebody was asked for something: to pay, to sign, to do a task.</summary>
    Asked,

    /// <summary>The case began to wait.</summary>
    Waited,

    /// <summary>The case ended, or stands still.</summary>
    Ended,
}

/// <summary>What moments are called that are no events of the catalogue.</summary>
public static class MomentNames
{
    /// <summary>A step left by an outcome.</summary>
    public const string StepDecided = "step.decided";

    /// <summary>A step began to wait.</summary>
    public const string StepWaiting = "step.waiting";

    /// <summary>A step failed.</summary>
    public const string CaseStopped = "case.stopped";

    /// <summary>The case ended as drawn.</summary>
    public const string CaseEnded = "case.ended";

    /// <summary>The ERP was told.</summary>
    public const string CallbackSent = "callback.sent";
}
