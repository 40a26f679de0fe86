namespace CentralPay.Workflows.Engine.Migration;

/// <summary>Which cases of a scenario are to go on with another version of it, and where they stand there.</summary>
public sealed record MigrationOrder
{
    /// <summary>The scenario, over all its versions.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>The version that the cases run on.</summary>
    public required int From { get; init; }

    /// <summary>The version they are to go on with; null for the published one.</summary>
    public int? To { get; init; }

    /// <summary>
    /// For a step of the old version the one that takes its place; null lets the cases that wait there stay. A step that is
    /// not named goes to the one with its identity.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Steps { get; init; } = new Dictionary<string, string?>();
}

/// <summary>What a work item of a migration carries: the order, and who gave it and why.</summary>
internal sealed record MigrationTask(Guid MigrationId, MigrationOrder Order, string By, string Why);

/// <summary>Why a case stays on its version.</summary>
/// <param name="Kind">The rule that keeps it.</param>
/// <param name="About">What the rule is about: a step's identity, a variable's name, a message; null for nothing.</param>
public sealed record Hindrance(HindranceKind Kind, string? About = null);

/// <summary>The rules that keep a case on its version.</summary>
public enum HindranceKind
{
    /// <summary>Whoever gave the order lets cases at this step stay.</summary>
    LeftByChoice,

    /// <summary>The new version has no step in the place of this one.</summary>
    StepIsGone,

    /// <summary>The step in its place is of another kind, and this one may have asked for something that is not answered yet.</summary>
    StepIsOfAnotherKind,

    /// <summary>The step in its place stands in another frame or loop.</summary>
    StepStandsElsewhere,

    /// <summary>An incident stopped the case at a step whose kind changes; it is to be decided first.</summary>
    IncidentIsOpen,

    /// <summary>A person paused the case; it is to go on first.</summary>
    IsPaused,

    /// <summary>A way that the case went already waits before a join, and leads to no join in the new version.</summary>
    JoinIsGone,

    /// <summary>The step in its place ran in this case already; it must not run again.</summary>
    StepRanAlready,

    /// <summary>Ways that would have met before a step that acts would each come to it.</summary>
    RunsTwice,

    /// <summary>The new version reads what a step left behind, and the old version did not keep it.</summary>
    ResultWasNotKept,

    /// <summary>The value of a variable does not fit its type in the new version.</summary>
    VariableDoesNotFit,

    /// <summary>On the new version it would keep more than a waiting case may (<see cref="Execution.EngineLimits.MaxStateBytes"/>).</summary>
    StateTooLarge,

    /// <summary>The case ended before its turn came.</summary>
    HasEnded,

    /// <summary>The case runs on another version by now.</summary>
    RunsOnAnotherVersion,

    /// <summary>It failed on the way; the case is as it was.</summary>
    Failed,
}
