using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.Stimuli;

/// <summary>What the stimuli and waits of a commit lead to.</summary>
internal sealed record Routing(IReadOnlyList<Statement> Statements, bool LeavesWork);

/// <summary>
/// Brings stimuli and waits together within the transaction, under locks on their hashes: a few look-ups for all of them,
/// however many there are.
/// </summary>
internal sealed class StimulusRouter(Database database, StatementRunner runner, Guid merchantId, DateTimeOffset now)
{
    public async Task<Routing> RouteAsync(CommitPlan plan, CancellationToken cancellationToken)
    {
        await LockAsync(plan.Hashes, cancellationToken);
        var raised = plan.Changes.OfType<StimulusRaised>().Select(change => change.Stimulus).ToList();
        var stored = new StoredWaits
        {
            Bookmarks = await BookmarksAsync(raised, cancellationToken),
            Triggers = await TriggersAsync(raised, cancellationToken),
            Early = await EarlyAsync(plan.Changes, cancellationToken),
        };
        var decided = new StimulusDecisions(merchantId, stored, now, raised.Count);
        decided.Take(plan.Changes);
        var existing = await ExistingAsync(decided.Starts, cancellationToken);

        var engine = new EngineStatements(database, merchantId);
        List<WorkItem> items = [.. decided.Resumes, .. decided.Starts.Where(start => !existing.Contains(start.CaseId))];
        return new Routing(
            [
                .. items.Select(engine.Enqueue),
                .. decided.Kept.Select(early => database.Tables.For<EarlyStimulus>().Insert(early)),
                .. decided.Taken.Select(Forget),
            ],
            items.Count > 0);
    }

    private async Task LockAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken)
    {
        if (database.Dialect.LockKeys is { } sql)
        {
            var keys = database.Dialect.LockKeyList(StimulusKeys.Sorted(merchantId, hashes));
            await runner.ReadAsync(sql, [new SqlValue(keys)], row => row.GetInt64(0), cancellationToken);
        }
    }

    private async Task<List<StoredBookmark>> BookmarksAsync(List<Stimulus> raised, CancellationToken cancellationToken)
    {
        if (raised.Count == 0)
        {
            return [];
        }

        var d = database.Dialect;
        return await runner.ReadAsync(
            $"SELECT id, case_id, hash FROM bookmarks WHERE merchant_id = {d.Parameter(1)} AND {d.IsOneOf("hash", d.Parameter(2))} ORDER BY id",
            [Merchant(), HashesOf(raised)],
            row => new StoredBookmark(row.GetGuid(0), row.GetGuid(1), row.GetString(2)),
            cancellationToken);
    }

    private async Task<List<TriggerRow>> TriggersAsync(List<Stimulus> raised, CancellationToken cancellationToken)
    {
        if (raised.Count == 0)
        {
            return [];
        }

        var d = database.Dialect;
        return await runner.ReadAsync(
            $"SELECT definition_id, definition_version_id, node_id, name, hash FROM triggers WHERE merchant_id = {d.Parameter(1)} AND {d.IsOneOf("hash", d.Parameter(2))} ORDER BY definition_id, node_id",
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

        var d = database.Dialect;
        return await runner.ReadAsync(
            $"SELECT id, name, hash, input_json, raised_at, expires_at FROM early_stimuli WHERE merchant_id = {d.Parameter(1)} AND {d.IsOneOf("hash", d.Parameter(2))} AND expires_at > {d.Parameter(3)} ORDER BY raised_at, id",
            [Merchant(), new SqlValue(d.TextList(awaited)), new SqlValue(d.Instant(now))],
            row => new EarlyStimulus
            {
                Id = row.GetGuid(0),
                MerchantId = merchantId,
                Name = row.GetString(1),
                Hash = row.GetString(2),
                InputJson = row.IsDBNull(3) ? null : row.GetString(3),
                RaisedAt = d.ReadInstant(row, 4),
                ExpiresAt = d.ReadInstant(row, 5),
            },
            cancellationToken);
    }

    private async Task<HashSet<Guid>> ExistingAsync(IReadOnlyList<WorkItem> starts, CancellationToken cancellationToken)
    {
        if (starts.Count == 0)
        {
            return [];
        }

        var d = database.Dialect;
        var found = await runner.ReadAsync(
            $"SELECT id FROM cases WHERE merchant_id = {d.Parameter(1)} AND {d.IsOneOf("id", d.Parameter(2))}",
            [Merchant(), new SqlValue(d.GuidList([.. starts.Select(start => start.CaseId).Distinct()]))],
            row => row.GetGuid(0),
            cancellationToken);
        return [.. found];
    }

    private Statement Forget(EarlyStimulus early)
    {
        var table = database.Tables.For<EarlyStimulus>();
        var p = database.Dialect.Parameter;
        return new Statement(
            $"DELETE FROM early_stimuli WHERE merchant_id = {p(1)} AND id = {p(2)}",
            [Merchant(), table["id"].With(early.Id)],
            table.Name,
            MustTouch.OneRow);
    }

    private SqlValue Merchant() => database.Tables.For<Bookmark>()["merchant_id"].With(merchantId);

    private SqlValue HashesOf(List<Stimulus> raised) =>
        new(database.Dialect.TextList([.. raised.Select(stimulus => stimulus.Hash).Distinct(StringComparer.Ordinal)]));
}
