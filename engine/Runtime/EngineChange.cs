using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>One thing the engine decided; all changes of a unit of work are committed together, or none is.</summary>
public abstract record EngineChange;

/// <summary>A case begins or moves. <paramref name="ExpectedRevision"/> 0 inserts it; otherwise the stored revision must equal it.</summary>
public sealed record CaseChanged(CaseRecord Case, long ExpectedRevision) : EngineChange;

/// <summary>A case begins to wait. If an early stimulus with its hash is kept, it is taken at once, unless the wait ends in the same unit of work.</summary>
public sealed record BookmarkCreated(Bookmark Bookmark) : EngineChange;

/// <summary>A case waits there no more.</summary>
public sealed record BookmarkBurned(Guid CaseId, Guid BookmarkId) : EngineChange
{
    /// <summary>The waits that a list of changes leaves ended; one that is made again under its identity is not.</summary>
    public static HashSet<Guid> LeftBy(IEnumerable<object> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var ended = new HashSet<Guid>();
        foreach (var change in changes)
        {
            if (change is BookmarkBurned burned)
                ended.Add(burned.BookmarkId);
            else if (change is BookmarkCreated created)
                ended.Remove(created.Bookmark.Id);
        }

        return ended;
    }
}

/// <summary>Something is to be run.</summary>
public sealed record WorkEnqueued(WorkItem Item) : EngineChange;

/// <summary>A claimed item is done; refused (<see cref="LeaseLostException"/>) when its lease was lost.</summary>
public sealed record WorkCompleted(Guid WorkItemId, Guid LeaseToken) : EngineChange;

/// <summary>Something happened: waiting cases are resumed, triggers start cases, or it is kept for a later wait.</summary>
public sealed record StimulusRaised(Stimulus Stimulus) : EngineChange;

/// <summary>A burst is written down.</summary>
public sealed record JournalWritten(JournalEntry Entry) : EngineChange;

/// <summary>An incident opens.</summary>
public sealed record IncidentRaised(Incident Incident) : EngineChange;

/// <summary>An incident is decided.</summary>
public sealed record IncidentResolved(Guid IncidentId, DateTimeOffset At, string Resolution) : EngineChange;

/// <summary>Nobody need decide any more about one open incident of a case, or about all of them (null); what was decided stays as it is.</summary>
public sealed record IncidentsClosed(Guid CaseId, Guid? IncidentId, DateTimeOffset At, string Resolution) : EngineChange;

/// <summary>A version of a scenario is written; the stored edit revision must equal <paramref name="ExpectedRevision"/> (0 inserts).</summary>
public sealed record ScenarioVersionSaved(ScenarioVersion Version, long ExpectedRevision) : EngineChange;

/// <summary>The triggers of a scenario are replaced by those of its published version (none when it has none).</summary>
public sealed record TriggersIndexed(string DefinitionId, IReadOnlyList<TriggerEntry> Triggers) : EngineChange;

/// <summary>A trigger of a published scenario version.</summary>
/// <param name="DefinitionVersionId">The version it starts.</param>
/// <param name="NodeId">The step it starts at.</param>
/// <param name="Name">The stimulus' name.</param>
/// <param name="Hash">The stimulus' hash.</param>
public sealed record TriggerEntry(string DefinitionVersionId, string NodeId, string Name, string Hash);
