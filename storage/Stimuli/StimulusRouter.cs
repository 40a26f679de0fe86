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
internal sealed class StimulusRouter(Database database, WriteTransaction transaction, Guid merchantId, DateTimeOffset now, int maxCasesPerStimulus)
{
    private readonly Dialect dialect = database.Dialect;

    public async Task<Routing> RouteAsync(CommitPlan plan, CancellationToken cancellationToken)
    {
        var raised = plan.Changes.OfType<StimulusRaised>().Select(change => change.Stimulus).ToList();
        var (bookmarks, triggers, early) = (new List<StandingBookmark>(), new List<TriggerRow>(), new List<EarlyStimulus>());
        List<Query> queries = [];

        string[] awaited = [.. plan.Changes.OfType<BookmarkCreated>().Select(change => change.Bookmark.Hash).OfType<string>().Distinct(StringComparer.Ordinal)];

        // The locks come first: each question sees what stands when it is asked.
        if (dialect.LockKeys is { } locks)
        {
            var keys = StimulusKeys.Sorted(merchantId, raised.Select(stimulus => stimulus.Hash), awaited);
            var values = dialect.LockValues([.. keys.Select(key => key.Key)], [.. keys.Select(key => key.Begins)]);
            queries.Add(new Query(locks, [.. values.Select(value => new SqlValue(value))], _ => { }));
        }

        if (raised.Count > 0)
        {
            queries.Add(new Query(BookmarksSql(), [Merchant(), HashesOf(raised)], row => bookmarks.Add(ReadBookmark(row))));
            queries.Add(new Query(TriggersSql(), [Merchant(), HashesOf(raised)], row => triggers.Add(ReadTrigger(row))));
        }

        if (awaited.Length > 0)
        {
            queries.Add(new Query(EarlySql(), [Merchant(), new SqlValue(dialect.TextList(awaited)), new SqlValue(dialect.Instant(now))], row => early.Add(ReadEarly(row))));
        }

        await transaction.ReadAsync(queries, cancellationToken);
        var decided = new StimulusDecisions(merchantId, new StandingWaits { Bookmarks = bookmarks, Triggers = triggers, Early = early }, now, raised.Count, maxCasesPerStimulus);
        decided.Take(plan.Changes);
        return new Routing(database, merchantId, decided);
    }

    // The rows stay locked until the commit: a burst that burns one of them meanwhile waits, or was here first and the row
    // is gone. Whether a resume of it is queued already is told by the same statement.
    private string BookmarksSql() =>
        $"""
        SELECT b.id, b.case_id, b.name, b.hash, b.activity_instance_id, b.node_id, b.auto_burn,
          CASE WHEN EXISTS (SELECT 1 FROM {database.Tables.For<WorkItem>().Name} w WHERE w.merchant_id = b.merchant_id AND w."key" = {dialect.Concat("'resume:'", dialect.PlainId("b.id"))}) THEN 1 ELSE 0 END
        FROM bookmarks b{dialect.LockAfterTable}
        WHERE b.merchant_id = {dialect.Parameter(1)} AND {dialect.IsOneOf("b.hash", dialect.Parameter(2))}
        ORDER BY b.id{dialect.LockAtEnd("b")}
        """;

    private string TriggersSql() =>
        $"SELECT definition_id, definition_version_id, node_id, name, hash FROM triggers WHERE merchant_id = {dialect.Parameter(1)} AND {dialect.IsOneOf("hash", dialect.Parameter(2))} ORDER BY definition_id, node_id";

    private string EarlySql() =>
        $"SELECT id, name, hash, input_json, raised_at, expires_at FROM early_stimuli WHERE merchant_id = {dialect.Parameter(1)} AND {dialect.IsOneOf("hash", dialect.Parameter(2))} AND expires_at > {dialect.Parameter(3)} ORDER BY raised_at, id";

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

    private TriggerRow ReadTrigger(DbDataReader row) => new()
    {
        MerchantId = merchantId,
        DefinitionId = row.GetString(0),
        DefinitionVersionId = row.GetString(1),
        NodeId = row.GetString(2),
        Name = row.GetString(3),
        Hash = row.GetString(4),
    };

    private EarlyStimulus ReadEarly(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        MerchantId = merchantId,
        Name = row.GetString(1),
        Hash = row.GetString(2),
        InputJson = row.IsDBNull(3) ? null : row.GetString(3),
        RaisedAt = dialect.ReadInstant(row, 4),
        ExpiresAt = dialect.ReadInstant(row, 5),
    };

    private SqlValue Merchant() => database.Tables.For<Bookmark>()["merchant_id"].With(merchantId);

    private SqlValue HashesOf(List<Stimulus> raised) =>
        new(dialect.TextList([.. raised.Select(stimulus => stimulus.Hash).Distinct(StringComparer.Ordinal)]));
}
