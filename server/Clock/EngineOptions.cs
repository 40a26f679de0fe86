using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Server.Security;

namespace CentralPay.Workflows.Server.Clock;

/// <summary>How far the engine goes, and how it shares the work; section <c>Engine</c>. What each is for stands at <see cref="EngineLimits"/>.</summary>
public sealed class EngineOptions
{
    private static readonly EngineLimits Usual = new();

    /// <summary>Steps in one go of a case.</summary>
    public int MaxStepsPerBurst { get; set; } = Usual.MaxStepsPerBurst;

    /// <summary>Real time of one go of a case.</summary>
    public int MaxBurstSeconds { get; set; } = (int)Usual.MaxBurstDuration.TotalSeconds;

    /// <summary>What a case may keep while it waits.</summary>
    public int MaxStateKilobytes { get; set; } = Usual.MaxStateBytes / 1024;

    /// <summary>Tries of a piece of work before it becomes an incident.</summary>
    public int MaxAttempts { get; set; } = Usual.MaxAttempts;

    /// <summary>Items that one loop goes through.</summary>
    public int MaxLoopItems { get; set; } = Usual.MaxLoopItems;

    /// <summary>Cases within cases.</summary>
    public int MaxCaseDepth { get; set; } = Usual.MaxCaseDepth;

    /// <summary>Cases that one stimulus starts or resumes in one commit.</summary>
    public int MaxCasesPerStimulus { get; set; } = Usual.MaxCasesPerStimulus;

    /// <summary>Cases that one migration to another version takes.</summary>
    public int MaxMigratedCases { get; set; } = Usual.MaxMigratedCases;

    /// <summary>Incidents that one decision for all of a cause takes.</summary>
    public int MaxDecidedIncidents { get; set; } = Usual.MaxDecidedIncidents;

    /// <summary>Characters of a value in the journal; longer ones are cut.</summary>
    public int MaxJournalValueLength { get; set; } = Usual.MaxJournalValueLength;

    /// <summary>How long a node holds the work it took; what a node that died held is done by another after this time.</summary>
    public int LeaseSeconds { get; set; } = (int)Usual.Lease.TotalSeconds;

    /// <summary>Pieces of work taken in one go.</summary>
    public int ClaimBatch { get; set; } = Usual.ClaimBatch;

    /// <summary>Cases that one node moves at the same time.</summary>
    public int Parallelism { get; set; } = Usual.Parallelism;

    /// <summary>Timers fired in one go.</summary>
    public int TimerBatch { get; set; } = Usual.TimerBatch;

    /// <summary>Between two looks when nothing wakes the node.</summary>
    public int PollMilliseconds { get; set; } = (int)Usual.PollInterval.TotalMilliseconds;

    /// <summary>The limits; throws <see cref="RefusedToStartException"/> that names the setting that cannot be.</summary>
    public EngineLimits ToLimits()
    {
        var longest = Positive(MaxBurstSeconds, nameof(MaxBurstSeconds));
        var lease = Positive(LeaseSeconds, nameof(LeaseSeconds));
        if (lease < 2 * longest)
        {
            throw new RefusedToStartException($"The setting Engine:LeaseSeconds is {lease}; it must be at least twice Engine:MaxBurstSeconds ({longest}), or two nodes would do the same work.");
        }

        return new EngineLimits
        {
            MaxStepsPerBurst = Positive(MaxStepsPerBurst, nameof(MaxStepsPerBurst)),
            MaxBurstDuration = TimeSpan.FromSeconds(longest),
            MaxStateBytes = Positive(MaxStateKilobytes, nameof(MaxStateKilobytes)) * 1024,
            MaxAttempts = Positive(MaxAttempts, nameof(MaxAttempts)),
            MaxLoopItems = Positive(MaxLoopItems, nameof(MaxLoopItems)),
            MaxCaseDepth = Positive(MaxCaseDepth, nameof(MaxCaseDepth)),
            MaxCasesPerStimulus = Positive(MaxCasesPerStimulus, nameof(MaxCasesPerStimulus), 10_000),
            MaxMigratedCases = Positive(MaxMigratedCases, nameof(MaxMigratedCases), 100_000),
            MaxDecidedIncidents = Positive(MaxDecidedIncidents, nameof(MaxDecidedIncidents), 10_000),
            MaxJournalValueLength = Positive(MaxJournalValueLength, nameof(MaxJournalValueLength), 100_000),
            Lease = TimeSpan.FromSeconds(lease),
            ClaimBatch = Positive(ClaimBatch, nameof(ClaimBatch)),
            Parallelism = Positive(Parallelism, nameof(Parallelism)),
            TimerBatch = Positive(TimerBatch, nameof(TimerBatch)),
            PollInterval = TimeSpan.FromMilliseconds(Positive(PollMilliseconds, nameof(PollMilliseconds))),
        };
    }

    private static int Positive(int value, string setting, int most = 1_000_000) =>
        value > 0 && value <= most ? value : throw new RefusedToStartException($"The setting Engine:{setting} is {value}; it must be from 1 to {most}.");
}
