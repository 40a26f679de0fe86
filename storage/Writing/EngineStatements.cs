using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>How the engine's decisions are written.</summary>
internal sealed class EngineStatements(Database database, Guid merchantId)
{
    private readonly Table items = database.Tables.For<WorkItem>();
    private readonly Table bookmarks = database.Tables.For<Bookmark>();

    public Statement Complete(WorkCompleted completed) =>
        items.Delete(MustTouch.OneRow, ("merchant_id", merchantId), ("id", completed.WorkItemId), ("lease_token", completed.LeaseToken)) with
        {
            WhenMissed = () => new LeaseLostException($"The work item {completed.WorkItemId} is no longer held under this lease."),
        };

    public Statement Move(CaseChanged changed)
    {
        var table = database.Tables.For<CaseRecord>();
        var moved = changed.Case;
        return changed.ExpectedRevision == 0
            ? table.Insert(moved) with
            {
                WhenTaken = _ => new DuplicateStartException($"A case of the scenario {moved.DefinitionId} exists for the start key '{moved.StartKey}'."),
            }
            : table.Update(moved, changed.ExpectedRevision) with
            {
                WhenMissed = () => new RevisionConflictException($"The case {moved.Id} has moved on from revision {changed.ExpectedRevision}."),
            };
    }

    public Statement Wait(Bookmark bookmark) => bookmarks.Insert(bookmark);

    public Statement Enqueue(WorkItem item) => items.InsertOnce(item);

    /// <summary>Queues a start, unless its case exists.</summary>
    public Statement EnqueueStart(WorkItem item)
    {
        var p = database.Dialect.Parameter;
        return items.InsertOnceUnless(item, $"SELECT 1 FROM cases WHERE merchant_id = {p(items.Place("merchant_id"))} AND id = {p(items.Place("case_id"))}");
    }

    public Statement Burn(BookmarkBurned burned) => bookmarks.Delete(MustTouch.Anything, ("merchant_id", merchantId), ("id", burned.BookmarkId));

    public IEnumerable<Statement> Of(EngineChange change) => change switch
    {
        WorkEnqueued enqueued => [Enqueue(enqueued.Item)],
        JournalWritten written => [database.Tables.For<JournalEntry>().Insert(written.Entry)],
        IncidentRaised raised => [database.Tables.For<Incident>().Insert(raised.Incident)],
        IncidentResolved resolved => [Resolve(resolved)],
        IncidentsClosed closed => [Close(closed)],
        ScenarioVersionSaved saved => [Save(saved)],
        TriggersIndexed indexed => Index(indexed),
        _ => throw new InvalidOperationException($"Nobody knows how to write a {change.GetType().Name}."),
    };

    private Statement Resolve(IncidentResolved resolved)
    {
        var incidents = database.Tables.For<Incident>();
        var p = database.Dialect.Parameter;
        return new Statement(
            $"UPDATE incidents SET resolved_at = {p(1)}, resolution = {p(2)} WHERE merchant_id = {p(3)} AND id = {p(4)} AND resolved_at IS NULL",
            [
                incidents["resolved_at"].With(resolved.At), incidents["resolution"].With(resolved.Resolution),
                incidents["merchant_id"].With(merchantId), incidents["id"].With(resolved.IncidentId),
            ],
            incidents.Name,
            MustTouch.OneRow)
        {
            WhenMissed = () => new RevisionConflictException($"The incident {resolved.IncidentId} was decided already."),
        };
    }

    private Statement Close(IncidentsClosed closed)
    {
        var incidents = database.Tables.For<Incident>();
        var p = database.Dialect.Parameter;
        SqlValue[] values =
        [
            incidents["resolved_at"].With(closed.At), incidents["resolution"].With(closed.Resolution),
            incidents["merchant_id"].With(merchantId), incidents["case_id"].With(closed.CaseId),
        ];
        var ofCase = $"UPDATE incidents SET resolved_at = {p(1)}, resolution = {p(2)} WHERE merchant_id = {p(3)} AND case_id = {p(4)} AND resolved_at IS NULL";
        return closed.IncidentId is { } one
            ? new Statement($"{ofCase} AND id = {p(5)}", [.. values, incidents["id"].With(one)], incidents.Name, MustTouch.Anything)
            : new Statement(ofCase, values, incidents.Name, MustTouch.Anything);
    }

    private Statement Save(ScenarioVersionSaved saved)
    {
        var table = database.Tables.For<ScenarioVersion>();
        var version = saved.Version;
        RevisionConflictException Conflict() =>
            new($"Version {version.Version} of the scenario {version.DefinitionId} was saved by somebody else since revision {saved.ExpectedRevision}.");
        return saved.ExpectedRevision == 0
            ? table.Insert(version) with { WhenTaken = _ => Conflict() }
            : table.Update(version, saved.ExpectedRevision) with { WhenMissed = Conflict, WhenTaken = _ => Conflict() };
    }

    private IEnumerable<Statement> Index(TriggersIndexed indexed)
    {
        var triggers = database.Tables.For<TriggerRow>();
        var p = database.Dialect.Parameter;
        yield return new Statement(
            $"DELETE FROM triggers WHERE merchant_id = {p(1)} AND definition_id = {p(2)}",
            [triggers["merchant_id"].With(merchantId), triggers["definition_id"].With(indexed.DefinitionId)],
            triggers.Name,
            MustTouch.Anything);
        foreach (var trigger in indexed.Triggers.DistinctBy(trigger => (trigger.NodeId, trigger.Hash)))
        {
            yield return triggers.Insert(new TriggerRow
            {
                MerchantId = merchantId,
                DefinitionId = indexed.DefinitionId,
                DefinitionVersionId = trigger.DefinitionVersionId,
                NodeId = trigger.NodeId,
                Name = trigger.Name,
                Hash = trigger.Hash,
            });
        }
    }
}
