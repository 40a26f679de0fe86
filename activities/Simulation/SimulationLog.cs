using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>What was committed in a simulation, commit by commit: the order of what happened at one instant.</summary>
internal sealed class SimulationLog
{
    private readonly List<Commit> commits = [];
    private readonly Dictionary<string, DateTimeOffset> waitsUntil = new(StringComparer.Ordinal);

    public IReadOnlyList<Commit> Commits => commits;

    public void Add(IReadOnlyList<DomainEvent> events, IReadOnlyList<EngineChange> changes)
    {
        var journal = changes.OfType<JournalWritten>().Select(change => change.Entry).ToArray();
        foreach (var wait in changes.OfType<BookmarkCreated>().Select(change => change.Bookmark))
        {
            if (wait.DueAt is { } dueAt)
            {
                waitsUntil[RunOf(wait.CaseId, wait.ActivityInstanceId)] = dueAt;
            }
        }

        if (events.Count > 0 || journal.Length > 0)
        {
            commits.Add(new Commit(events, journal));
        }
    }

    /// <summary>Until when the run of a step waited at the most; null for no limit.</summary>
    public DateTimeOffset? WaitedUntil(string run) => waitsUntil.TryGetValue(run, out var until) ? until : null;

    /// <summary>The run of a step, as keys of what it asks begin.</summary>
    public static string RunOf(Guid caseId, string activityInstanceId) => $"{caseId:D}/{activityInstanceId}";

    /// <summary>What one commit brought.</summary>
    public sealed record Commit(IReadOnlyList<DomainEvent> Events, IReadOnlyList<JournalEntry> Journal);
}
