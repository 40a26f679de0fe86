using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Storage;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Benchmarks.Durable;

/// <summary>The rows of a durable cycle written by hand: same tables, same indexes, same lengths, no engine.</summary>
internal sealed class HandWritten(House house, RowsOfACycle kept)
{
    private const string Name = "Event";
    private static readonly HandStatement DoNotWaitForTheDisk = new("SELECT set_config('synchronous_commit', 'off', true)");

    private readonly Dialect dialect = house.Database.Dialect;
    private readonly bool isPostgres = house.Bed.Provider == StorageProvider.PostgreSql;

    /// <summary>The six transactions that the engine makes for a cycle: queue, claim and burst, twice. A claim does not wait for the disk, as the engine's does not.</summary>
    public async Task RunAsEngineAsync()
    {
        var row = new Ids();
        await InTransactionAsync(Queue(row.Start, row, "Start", null));
        await InTransactionAsync(Claim(row.Start, row));
        await InTransactionAsync(Done(row.Start, row), Begin(row), Wait(row), Journal(row, 1, kept.StartSteps));
        await InTransactionAsync(FindWait(row), Queue(row.Resume, row, "Resume", row.Bookmark));
        await InTransactionAsync(Claim(row.Resume, row));
        await InTransactionAsync(Load(row), Done(row.Resume, row), End(row), Burn(row), Journal(row, 2, kept.ResumeSteps));
    }

    /// <summary>The least that keeps the promise: one transaction until the case waits, one until it has ended, and no queue.</summary>
    public async Task RunAsLeastAsync()
    {
        var row = new Ids();
        await InTransactionAsync(Begin(row), Wait(row), Journal(row, 1, kept.StartSteps));
        await InTransactionAsync(FindWait(row), Load(row), End(row), Burn(row), Journal(row, 2, kept.ResumeSteps));
    }

    // The tables grow from nothing: plans by hand are kept as fresh as the engine's.
    private async Task InTransactionAsync(params HandStatement[] statements)
    {
        await house.Database.KeepUpAsync(CancellationToken.None);
        await using var connection = new HandConnection(await house.Database.WriteAsync());
        await connection.TransactAsync(statements);
    }

    private Task InTransactionAsync(HandStatement claim) =>
        isPostgres && claim.Sql.StartsWith("UPDATE work_items", StringComparison.Ordinal) ? InTransactionAsync([DoNotWaitForTheDisk, claim]) : InTransactionAsync([claim]);

    private HandStatement Queue(Guid id, Ids row, string kind, Guid? bookmark) => new(
        $"""
        INSERT INTO work_items (id, merchant_id, kind, "key", case_id, definition_version_id, node_id, start_key, subject, bookmark_id, input_json, lane, attempts, enqueued_at, lease_token, claim_rank)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'Event', 0, $12, $13, {dialect.Clock})
        ON CONFLICT (merchant_id, "key") DO NOTHING
        """,
        Id(id), Id(house.MerchantId), kind, $"{kind}:{id:N}", Id(row.Case),
        bookmark is null ? kept.DefinitionVersionId : null, bookmark is null ? "start" : null, bookmark is null ? row.StartKey : null,
        bookmark is null ? $$"""{"correlationId":"invoice:{{row.Case:N}}","reference":"{{row.Case:N}}","customerKey":"C-1001"}""" : null,
        bookmark is { } known ? Id(known) : null,
        bookmark is null ? $$"""{"number":"{{row.Case:N}}","amount":12}""" : null, Now(), Id(Guid.Empty));

    private HandStatement Claim(Guid id, Ids row) => new(
        $"UPDATE work_items SET lease_token = $1, leased_by = 'hand', lease_until_microseconds = {dialect.Clock} + 120000000, attempts = attempts + 1 WHERE merchant_id = $2 AND id = $3 RETURNING *",
        Id(row.Lease), Id(house.MerchantId), Id(id));

    private HandStatement Done(Guid id, Ids row) => new("DELETE FROM work_items WHERE merchant_id = $1 AND id = $2 AND lease_token = $3", Id(house.MerchantId), Id(id), Id(row.Lease));

    private HandStatement Begin(Ids row) => new(
        """
        INSERT INTO cases (id, merchant_id, definition_id, definition_version_id, version, start_key, correlation_id, status, sub_status, state, revision, reference, customer_key, waiting_node_id, waiting_since, created_at, updated_at)
        VALUES ($1, $2, $3, $4, 1, $5, $6, 'Running', 'Suspended', $7, 1, $8, 'C-1001', 'wait', $9, $9, $9)
        """,
        Id(row.Case), Id(house.MerchantId), kept.DefinitionId, kept.DefinitionVersionId, row.StartKey, $"invoice:{row.Case:N}", kept.State, row.Case.ToString("N"), Now());

    private HandStatement Wait(Ids row) => new(
        """
        INSERT INTO bookmarks (id, merchant_id, case_id, name, hash, activity_instance_id, node_id, callback, auto_burn, created_at)
        VALUES ($1, $2, $3, $4, $5, '3', 'wait', 'OnEventAsync', $6, $7)
        """,
        Id(row.Bookmark), Id(house.MerchantId), Id(row.Case), Name, row.Hash, true, Now());

    private HandStatement Journal(Ids row, long revision, string steps) => new(
        "INSERT INTO journal (id, merchant_id, case_id, revision, at, cause, steps) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        Id(Guid.CreateVersion7()), Id(house.MerchantId), Id(row.Case), revision, Now(), Name, steps);

    private HandStatement FindWait(Ids row) => new(
        $"SELECT id, case_id, activity_instance_id, node_id FROM bookmarks b WHERE merchant_id = $1 AND hash = $2{dialect.LockAtEnd("b")}", Id(house.MerchantId), row.Hash);

    private HandStatement Load(Ids row) => new("SELECT * FROM cases WHERE merchant_id = $1 AND id = $2", Id(house.MerchantId), Id(row.Case));

    private HandStatement End(Ids row) => new(
        "UPDATE cases SET status = 'Finished', sub_status = 'Finished', state = $1, revision = 2, waiting_node_id = NULL, waiting_since = NULL, updated_at = $2, finished_at = $2 WHERE merchant_id = $3 AND id = $4 AND revision = 1",
        Array.Empty<byte>(), Now(), Id(house.MerchantId), Id(row.Case));

    private HandStatement Burn(Ids row) => new("DELETE FROM bookmarks WHERE merchant_id = $1 AND id = $2", Id(house.MerchantId), Id(row.Bookmark));

    private object Now() => dialect.Instant(house.Clock.GetUtcNow());

    // SQLite keeps identities as upper-case text, as the storage does.
    private object Id(Guid id) => isPostgres ? id : id.ToString().ToUpperInvariant();

    private sealed class Ids
    {
        public Guid Case { get; } = Guid.NewGuid();

        public Guid Start { get; } = Guid.CreateVersion7();

        public Guid Resume { get; } = Guid.CreateVersion7();

        public Guid Bookmark { get; } = Guid.CreateVersion7();

        public Guid Lease { get; } = Guid.CreateVersion7();

        public string StartKey => $"wait:{Case:N}";

        public string Hash => Convert.ToBase64String(Case.ToByteArray())[..22];
    }
}
