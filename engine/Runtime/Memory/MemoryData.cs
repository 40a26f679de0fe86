using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Engine.Runtime.Memory;

/// <summary>The rows of a store in memory, over all tenants; touched only under its lock.</summary>
internal sealed class MemoryData(TimeProvider leaseClock)
{
    public Lock Gate { get; } = new();

    public Dictionary<Guid, CaseRecord> Cases { get; } = [];

    public Dictionary<(Guid Tenant, string StartKey), Guid> CasesByStartKey { get; } = [];

    public Dictionary<Guid, Bookmark> Bookmarks { get; } = [];

    public Dictionary<Guid, List<Guid>> BookmarksByCase { get; } = [];

    public Dictionary<(Guid Tenant, string Hash), List<Guid>> BookmarksByHash { get; } = [];

    public PriorityQueue<Guid, DateTimeOffset> Timers { get; } = new();

    public Dictionary<(Guid Tenant, string Hash), Queue<Stimulus>> EarlyStimuli { get; } = [];

    public Dictionary<Guid, List<JournalEntry>> Journal { get; } = [];

    public Dictionary<Guid, Incident> Incidents { get; } = [];

    public Dictionary<(Guid Tenant, string VersionId), ScenarioVersion> Versions { get; } = [];

    public Dictionary<(Guid Tenant, string DefinitionId), IReadOnlyList<TriggerEntry>> Triggers { get; } = [];

    public MemoryQueueRows Work { get; } = new(leaseClock);
}
