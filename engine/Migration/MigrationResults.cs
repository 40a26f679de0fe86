namespace CentralPay.Workflows.Engine.Migration;

/// <summary>What becomes of one case.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Reference">What people call what it is about.</param>
/// <param name="At">The step it waits at in the old version; null where it waits at none.</param>
/// <param name="To">The step in its place; null where the case stays.</param>
/// <param name="Stays">Why it stays; null where it moves.</param>
public sealed record CaseVerdict(Guid CaseId, string? Reference, string? At, string? To, Hindrance? Stays)
{
    /// <summary>Whether it moves.</summary>
    public bool Moves => Stays is null;
}

/// <summary>How many cases stay for one reason.</summary>
/// <param name="Why">The reason.</param>
/// <param name="Cases">How many.</param>
public sealed record MigrationReason(Hindrance Why, int Cases)
{
    /// <summary>The reasons among verdicts, the most frequent first.</summary>
    internal static IReadOnlyList<MigrationReason> Of(IEnumerable<CaseVerdict> verdicts) =>
    [
        .. verdicts.Where(verdict => verdict.Stays is not null).GroupBy(verdict => verdict.Stays!)
            .Select(same => new MigrationReason(same.Key, same.Count()))
            .OrderByDescending(reason => reason.Cases).ThenBy(reason => reason.Why.Kind).ThenBy(reason => reason.Why.About, StringComparer.Ordinal),
    ];
}

/// <summary>What an order would do, by the steps that cases wait at. Nothing was written.</summary>
/// <param name="From">The version the cases run on.</param>
/// <param name="To">The version they would go on with.</param>
/// <param name="Steps">The waiting steps, the fullest first.</param>
/// <param name="HasMore">Whether there are more cases than one migration takes; the rest needs another.</param>
public sealed record MigrationPreview(int From, int To, IReadOnlyList<WaitingStepPreview> Steps, bool HasMore)
{
    /// <summary>Cases that would move.</summary>
    public int Moves => Steps.Sum(step => step.Moves);

    /// <summary>Cases that would stay.</summary>
    public int Stays => Steps.Sum(step => step.Cases - step.Moves);
}

/// <summary>What would become of the cases that wait at one step.</summary>
/// <param name="StepId">The step of the old version; null for cases that wait at none.</param>
/// <param name="Target">The step in its place; null where there is none.</param>
/// <param name="Candidates">The steps of the new version that an order may name in its place.</param>
/// <param name="Cases">How many wait there.</param>
/// <param name="Moves">How many of them would move.</param>
/// <param name="Reasons">Why the others would stay.</param>
public sealed record WaitingStepPreview(string? StepId, string? Target, IReadOnlyList<string> Candidates, int Cases, int Moves, IReadOnlyList<MigrationReason> Reasons);

/// <summary>How many cases of a migration are done.</summary>
/// <param name="Moved">Cases that go on with the new version.</param>
/// <param name="Stayed">Cases that stayed.</param>
public sealed record MigrationCount(int Moved, int Stayed)
{
    /// <summary>Cases done, either way.</summary>
    public int Done => Moved + Stayed;
}

/// <summary>How far a migration is, and what came of each case so far.</summary>
public sealed record MigrationProgress
{
    /// <summary>The migration's identity.</summary>
    public required Guid Id { get; init; }

    /// <summary>What was asked for.</summary>
    public required MigrationOrder Order { get; init; }

    /// <summary>Who asked.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public required string Why { get; init; }

    /// <summary>When it began (business time).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its last case was done (business time); null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The cases it takes.</summary>
    public required int Total { get; init; }

    /// <summary>Cases that go on with the new version.</summary>
    public required int Moved { get; init; }

    /// <summary>Cases that stayed.</summary>
    public required int Stayed { get; init; }

    /// <summary>Why they stayed.</summary>
    public required IReadOnlyList<MigrationReason> Reasons { get; init; }

    /// <summary>The cases done so far, in their order.</summary>
    public required IReadOnlyList<CaseVerdict> Cases { get; init; }
}
