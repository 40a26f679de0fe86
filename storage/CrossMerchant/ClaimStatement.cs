using System.Data.Common;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Storage.Cases;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>The claim of the work queue: one transaction, in one round trip where the database ends transactions itself, its rows read by hand. It runs more often than anything else.</summary>
internal sealed class ClaimStatement(Database database)
{
    private readonly string claim = database.Dialect.Numbered(database.Queue.Claim);

    /// <summary>Claims; answers the items in no order, and whether it left others.</summary>
    public async Task<(List<WorkItem> Items, bool LeavesOthers)> RunAsync(SqlValue[] values, CancellationToken cancellationToken)
    {
        await using var lease = await database.WriteAsync(cancellationToken);
        if (database.EndsTransactionsItself)
        {
            return await InOneRoundTripAsync(lease.Connection, values, cancellationToken);
        }

        await using var transaction = await lease.Connection.BeginTransactionAsync(cancellationToken);
        var runner = new StatementRunner(database, lease, transaction);
        foreach (var before in database.Queue.BeforeClaim)
        {
            await runner.RunAsync([new Statement(before, [], "", MustTouch.Anything)], cancellationToken);
        }

        var rows = default(Columns?);
        var items = await runner.ReadAsync(claim, values, row => (rows ??= new Columns(row, database)).Read(row), cancellationToken);
        var leavesOthers = await runner.ReadAsync(database.Queue.LeavesOthers!, [], row => row.GetInt32(0) == 1, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return (items, leavesOthers[0]);
    }

    private async Task<(List<WorkItem> Items, bool LeavesOthers)> InOneRoundTripAsync(DbConnection connection, SqlValue[] values, CancellationToken cancellationToken)
    {
        var rows = default(Columns?);
        var (items, leavesOthers) = (new List<WorkItem>(), false);
        await StatementRunner.ReadLastAsync(connection, database.Dialect, database.Queue.BeforeClaim, claim, values, Read, cancellationToken);
        return (items, leavesOthers);

        void Read(DbDataReader row)
        {
            rows ??= new Columns(row, database);
            leavesOthers = row.GetBoolean(row.GetOrdinal("leaves_others"));
            if (rows.HasItem(row))
            {
                items.Add(rows.Read(row));
            }
        }
    }

    /// <summary>Where the columns of the queue stand in a result.</summary>
    private sealed class Columns(DbDataReader row, Database database)
    {
        private readonly Dialect dialect = database.Dialect;
        private readonly int? @case = database.Queue.BringsCases ? row.GetOrdinal("case_0") : null;
        private readonly int id = row.GetOrdinal("id");
        private readonly int merchant = row.GetOrdinal("merchant_id");
        private readonly int kind = row.GetOrdinal("kind");
        private readonly int key = row.GetOrdinal("key");
        private readonly int caseId = row.GetOrdinal("case_id");
        private readonly int version = row.GetOrdinal("definition_version_id");
        private readonly int node = row.GetOrdinal("node_id");
        private readonly int startKey = row.GetOrdinal("start_key");
        private readonly int subject = row.GetOrdinal("subject");
        private readonly int bookmark = row.GetOrdinal("bookmark_id");
        private readonly int incident = row.GetOrdinal("incident_id");
        private readonly int input = row.GetOrdinal("input_json");
        private readonly int lane = row.GetOrdinal("lane");
        private readonly int attempts = row.GetOrdinal("attempts");
        private readonly int enqueuedAt = row.GetOrdinal("enqueued_at");
        private readonly int token = row.GetOrdinal("lease_token");
        private readonly int rank = row.GetOrdinal("claim_rank");

        public bool HasItem(DbDataReader at) => !at.IsDBNull(id);

        public WorkItem Read(DbDataReader at) => new()
        {
            Id = at.GetGuid(id),
            TenantId = at.GetGuid(merchant),
            Kind = Enum.Parse<WorkKind>(at.GetString(kind)),
            Key = at.GetString(key),
            CaseId = at.GetGuid(caseId),
            DefinitionVersionId = Text(at, version),
            NodeId = Text(at, node),
            StartKey = Text(at, startKey),
            Subject = Text(at, subject) is { } json ? JsonColumns.ReadSubject(json) : null,
            BookmarkId = at.IsDBNull(bookmark) ? null : at.GetGuid(bookmark),
            IncidentId = at.IsDBNull(incident) ? null : at.GetGuid(incident),
            InputJson = Text(at, input),
            Lane = Enum.Parse<WorkLane>(at.GetString(lane)),
            Attempts = at.GetInt32(attempts),
            EnqueuedAt = dialect.ReadInstant(at, enqueuedAt),
            LeaseToken = at.GetGuid(token),
            Rank = at.GetInt64(rank),
            Case = @case is { } first ? CaseRow.Read(at, first, dialect, at.GetGuid(merchant), at.GetGuid(caseId)) : null,
        };

        private static string? Text(DbDataReader at, int column) => at.IsDBNull(column) ? null : at.GetString(column);
    }
}
