using System.Data.Common;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.Stimuli;

/// <summary>
/// Brings stimuli and waits together within the transaction, under locks on their hashes: a few look-ups for all of them,
/// however many there are.
/// </summary>
internal sealed class StimulusRouter(Database database, StatementRunner runner, Guid merchantId, DateTimeOffset now)
{
    private readonly Dialect dialect = database.Dialect;

    public async Task<Routing> RouteAsync(CommitPlan plan, CancellationToken cancellationToken)
    {
        await LockAsync(plan.Hashes, cancellationToken);
        var raised = plan.Changes.OfType<StimulusRaised>().Select(change => change.Stimulus).ToList();
        var standing = new StandingWaits
        {
            Bookmarks = await BookmarksAsync(raised, cancellationToken),
            Triggers = await TriggersAsync(raised, cancellationToken),
            Early = await EarlyAsync(plan.Changes, cancellationToken),
        };
        var decided = new StimulusDecisions(merchantId, standing, now, raised.Count);
        decided.Take(plan.Changes);
        return new Routing(database, merchantId, decided, await ExistingAsync(decided.Starts, cancellationToken));
    }

    private async Task LockAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken)
    {
        if (dialect.LockKeys is { } sql)
        {
            var keys = dialect.LockKeyList(StimulusKeys.Sorted(merchantId, hashes));
            await runner.ReadAsync(sql, [new SqlValue(keys)], row => row.GetInt64(0), cancellationToken);
        }
    }

    // The rows stay locked until the commit: a burst that burns one of them meanwhile waits, or was here first and the row
    // is gone. Whether a resume of it is queued already is told by the same statement.
    private async Task<List<StandingBookmark>> BookmarksAsync(List<Stimulus> raised, CancellationToken cancellationToken)
    {
        if (raised.Count == 0)
        {
            return [];
        }

        var items = database.Tables.For<WorkItem>().Name;
        return await runner.ReadAsync(
            $"""
            SELECT b.id, b.case_id, b.name, b.hash, b.activity_instance_id, b.node_id, b.auto_burn,
              CASE WHEN EXISTS (SELECT 1 FROM {items} w WHERE w.merchant_id = b.merchant_id AND w."key" = {dialect.Concat("'resume:'", dialect.PlainId("b.id"))}) THEN 1 ELSE 0 END
            FROM bookmarks b{dialect.LockAfterTable}
            WHERE b.merchant_id = {dialect.Parameter(1)} AND {dialect.IsOneOf("b.hash", dialect.Parameter(2))}
            ORDER BY b.id{dialect.LockAtEnd("b")}
            """,
            [Merchant(), HashesOf(raised)],
            ReadBookmark,
            cancellationToken);
    }

    private StandingBookmark ReadBookmark(DbDataReader row) => new(
        new Bookmark
        {
            Id = row.GetGuid(0),
            TenantId = merchantId,
            CaseId = row.GetGuid(1),
            Name = row.GetString(2),
            Hash = row.GetString(3),
            ActivityInstanceId = row.GetString(4),
            NodeId = row.GetString(5),
            AutoBurn = row.GetBoolean(6),
            CreatedAt = now,
        },
        row.GetInt32(7) == 1);

    private async Task<List<TriggerRow>> TriggersAsync(List<Stimulus> raised, CancellationToken cancellationToken)
    {
        if (raised.Count == 0)
        {
            return [];
        }

        return await runner.ReadAsync(
            $"SELECT definition_id, definition_version_id, node_id, name, hash FROM triggers WHERE merchant_id = {dialect.Parameter(1)} AND {dialect.IsOneOf("hash", dialect.Parameter(2))} ORDER BY definition_id, node_id",
            [Merchant(), HashesOf(raised)],
            row => new TriggerRow
            {
                MerchantId = merchantId,
                DefinitionId = row.GetString(0),
                DefinitionVersionId = row.GetString(1),
                NodeId = row.GetString(2),
                Name = row.GetString(3),
                Hash = row.GetString(4),
            },
            cancellationToken);
    }

    private async Task<List<EarlyStimulus>> EarlyAsync(IReadOnlyList<object> changes, CancellationToken cancellationToken)
    {
        string[] awaited = [.. changes.OfType<BookmarkCreated>().Select(change => change.Bookmark.Hash).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (awaited.Length == 0)
        {
            return [];
        }

        return await runner.ReadAsync(
            $"SELECT id, name, hash, input_json, raised_at, expires_at FROM early_stimuli WHERE merchant_id = {dialect.Parameter(1)} AND {dialect.IsOneOf("hash", dialect.Parameter(2))} AND expires_at > {dialect.Parameter(3)} ORDER BY raised_at, id",
            [Merchant(), new SqlValue(dialect.TextList(awaited)), new SqlValue(dialect.Instant(now))],
            row => new EarlyStimulus
            {
                Id = row.GetGuid(0),
                MerchantId = merchantId,
                Name = row.GetString(1),
                Hash = row.GetString(2),
                InputJson = row.IsDBNull(3) ? null : row.GetString(3),
                RaisedAt = dialect.ReadInstant(row, 4),
                ExpiresAt = dialect.ReadInstant(row, 5),
            },
            cancellationToken);
    }

    private async Task<HashSet<Guid>> ExistingAsync(IReadOnlyList<WorkItem> starts, CancellationToken cancellationToken)
    {
        if (starts.Count == 0)
        {
            return [];
        }

        var found = await runner.ReadAsync(
            $"SELECT id FROM cases WHERE merchant_id = {dialect.Parameter(1)} AND {dialect.IsOneOf("id", dialect.Parameter(2))}",
            [Merchant(), new SqlValue(dialect.GuidList([.. starts.Select(start => start.CaseId).Distinct()]))],
            row => row.GetGuid(0),
            cancellationToken);
        return [.. found];
    }

    private SqlValue Merchant() => database.Tables.For<Bookmark>()["merchant_id"].With(merchantId);

    private SqlValue HashesOf(List<Stimulus> raised) =>
        new(dialect.TextList([.. raised.Select(stimulus => stimulus.Hash).Distinct(StringComparer.Ordinal)]));
}
