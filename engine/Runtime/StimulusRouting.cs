using System.Security.Cryptography;
using System.Text;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>
/// What a stimulus or a due timer sets off, as work items: one place for every store, so that equal causes get equal keys
/// and a duplicate is one item.
/// </summary>
public static class StimulusRouting
{
    /// <summary>
    /// The resume of a wait that a stimulus hit. A wait that burns can be hit once: where an item with this key exists
    /// already, the stimulus has found no wait, and is kept for a later one if it asks for that.
    /// </summary>
    public static WorkItem Resume(Stimulus stimulus, Bookmark bookmark, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(stimulus);
        ArgumentNullException.ThrowIfNull(bookmark);
        return Resume(bookmark, bookmark.AutoBurn ? ResumeKey(bookmark.Id) : $"{ResumeKey(bookmark.Id)}:{Guid.CreateVersion7():N}", stimulus.InputJson, WorkLane.Event, now);
    }

    /// <summary>The resume of a wait whose time has come.</summary>
    public static WorkItem Timer(Bookmark bookmark, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(bookmark);
        return Resume(bookmark, ResumeKey(bookmark.Id), null, WorkLane.Timer, now);
    }

    /// <summary>The start of a case at a trigger. With a start key the case's identity follows from it, so that two starts are one.</summary>
    public static WorkItem Start(Guid tenantId, Stimulus stimulus, TriggerEntry trigger, string definitionId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(stimulus);
        ArgumentNullException.ThrowIfNull(trigger);
        var startKey = StartKey(definitionId, stimulus.StartKey);
        return new WorkItem
        {
            Id = TimeOrderedId.At(now),
            TenantId = tenantId,
            Kind = WorkKind.Start,
            Key = $"start:{startKey}",
            CaseId = CaseId(tenantId, startKey),
            DefinitionVersionId = trigger.DefinitionVersionId,
            NodeId = trigger.NodeId,
            StartKey = startKey,
            Subject = stimulus.Subject,
            InputJson = stimulus.InputJson,
            EnqueuedAt = now,
        };
    }

    /// <summary>The start key of a case, unique in a tenant: the scenario, and what starts it; a fresh one where the cause has none.</summary>
    public static string StartKey(string definitionId, string? cause) => $"{definitionId}:{cause ?? Guid.CreateVersion7().ToString("N")}";

    /// <summary>The identity of the case with a start key.</summary>
    public static Guid CaseId(Guid tenantId, string startKey)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{tenantId:N}\n{startKey}"), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }

    private static string ResumeKey(Guid bookmarkId) => $"resume:{bookmarkId:N}";

    private static WorkItem Resume(Bookmark bookmark, string key, string? inputJson, WorkLane lane, DateTimeOffset now) => new()
    {
        Id = TimeOrderedId.At(now),
        TenantId = bookmark.TenantId,
        Kind = WorkKind.Resume,
        Key = key,
        CaseId = bookmark.CaseId,
        BookmarkId = bookmark.Id,
        InputJson = inputJson,
        Lane = lane,
        EnqueuedAt = now,
    };
}
