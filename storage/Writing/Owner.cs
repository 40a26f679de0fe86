using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>Whose row an engine's change writes.</summary>
internal static class Owner
{
    public static Guid? Of(EngineChange change) => change switch
    {
        CaseChanged changed => changed.Case.TenantId,
        BookmarkCreated created => created.Bookmark.TenantId,
        WorkEnqueued enqueued => enqueued.Item.TenantId,
        JournalWritten written => written.Entry.TenantId,
        IncidentRaised raised => raised.Incident.TenantId,
        ScenarioVersionSaved saved => saved.Version.TenantId,
        _ => null,
    };
}
