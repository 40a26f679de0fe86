namespace CentralPay.Workflows.Engine.Execution;

/// <summary>How far the engine goes before it stops and asks a person.</summary>
public sealed record EngineLimits
{
    /// <summary>Steps in one burst; more are taken for a loop without a wait.</summary>
    public int MaxStepsPerBurst { get; init; } = 1_000;

    /// <summary>Real time of one burst.</summary>
    public TimeSpan MaxBurstDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of a case's state while it waits; a case that keeps more is an incident, and keeps what it had before.</summary>
    public int MaxStateBytes { get; init; } = 1024 * 1024;

    /// <summary>How often a work item is tried before it becomes an incident.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>How long a worker holds an item (database time); a burst must end well within it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Items claimed in one round trip.</summary>
    public int ClaimBatch { get; init; } = 32;

    /// <summary>Bursts run side by side by one worker.</summary>
    public int Parallelism { get; init; } = 32;

    /// <summary>How long an idle worker sleeps without a signal (real time).</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Timers fired in one statement.</summary>
    public int TimerBatch { get; init; } = 200;

    /// <summary>Items that one loop goes through.</summary>
    public int MaxLoopItems { get; init; } = 1_000;

    /// <summary>Cases that start each other, one within the other; more are taken for a circle.</summary>
    public int MaxCaseDepth { get; init; } = 16;

    /// <summary>Cases that one stimulus starts or resumes in one commit; more follow in portions of as many.</summary>
    public int MaxCasesPerStimulus { get; init; } = 500;

    /// <summary>Cases that one migration to another version takes.</summary>
    public int MaxMigratedCases { get; init; } = 10_000;

    /// <summary>Incidents of one cause that one decision takes.</summary>
    public int MaxDecidedIncidents { get; init; } = 1_000;

    /// <summary>Characters of a value shown in the journal; longer ones are cut.</summary>
    public int MaxJournalValueLength { get; init; } = 2_000;

    /// <summary>A value as the journal shows it.</summary>
    internal string? CutForJournal(string? text) => text is null || text.Length <= MaxJournalValueLength ? text : text[..MaxJournalValueLength] + "…";
}
