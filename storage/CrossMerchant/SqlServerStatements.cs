using System.Diagnostics.CodeAnalysis;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>The queue on SQL Server. Unverified: not yet run against a server.</summary>
internal sealed record SqlServerQueueStatements : QueueStatements
{
    [SetsRequiredMembers]
    public SqlServerQueueStatements(Dialect dialect)
    {
        var clock = dialect.Clock;
        BeforeClaim = ["EXEC sp_getapplock @Resource = 'claim-work', @LockMode = 'Exclusive', @LockOwner = 'Transaction'"];
        Claim = $$"""
            WITH chosen AS (
              SELECT TOP ({3}) w.merchant_id, w.id FROM work_items w WITH (ROWLOCK, UPDLOCK, READPAST)
              WHERE w.lease_until_microseconds <= {{clock}} AND w.not_before_microseconds <= {{clock}}
                AND NOT EXISTS (SELECT 1 FROM work_items other WITH (READPAST) WHERE other.merchant_id = w.merchant_id AND other.case_id = w.case_id
                  AND (other.lease_until_microseconds > {{clock}} OR (other.not_before_microseconds <= {{clock}}
                    AND (other.claim_rank < w.claim_rank OR (other.claim_rank = w.claim_rank AND other.id < w.id)))))
              ORDER BY w.claim_rank, w.id)
            UPDATE item SET lease_token = {0}, leased_by = {1}, lease_until_microseconds = {{clock}} + {2}, attempts = item.attempts + 1
            OUTPUT inserted.*
            FROM work_items item JOIN chosen ON chosen.merchant_id = item.merchant_id AND chosen.id = item.id
            """;
        LeavesOthers = $"SELECT CASE WHEN EXISTS (SELECT 1 FROM work_items WITH (READPAST) WHERE lease_until_microseconds <= {clock} AND not_before_microseconds <= {clock}) THEN 1 ELSE 0 END";
        Release = $$"""
            UPDATE work_items SET not_before_microseconds = {{clock}} + {0}, last_error = {1}, lease_token = {2}, leased_by = NULL, lease_until_microseconds = 0
            WHERE merchant_id = {3} AND id = {4} AND lease_token = {5}
            """;

        // Two statements would count twice: the clearing comes first and hands its rows to the insert.
        FireTimers = $$"""
            SET NOCOUNT ON;
            DECLARE @fired TABLE (merchant_id uniqueidentifier, id uniqueidentifier, case_id uniqueidentifier);
            WITH due AS (SELECT TOP ({1}) * FROM bookmarks WITH (ROWLOCK, UPDLOCK, READPAST) WHERE due_at <= {0} ORDER BY due_at)
            UPDATE due SET due_at = NULL OUTPUT inserted.merchant_id, inserted.id, inserted.case_id INTO @fired;
            SET NOCOUNT OFF;
            INSERT INTO work_items (id, merchant_id, kind, "key", case_id, bookmark_id, lane, attempts, enqueued_at, lease_token, claim_rank)
            SELECT id, merchant_id, 'Resume', CONCAT('resume:', {{dialect.PlainId("id")}}), case_id, id, 'Timer', 0, {0}, '00000000-0000-0000-0000-000000000000', {{clock}} + {{Tables.Handicap("'Timer'")}}
            FROM @fired fired
            WHERE NOT EXISTS (SELECT 1 FROM work_items item WHERE item.merchant_id = fired.merchant_id AND item."key" = CONCAT('resume:', {{dialect.PlainId("fired.id")}}))
            """;
        ForgetEarly = "DELETE TOP ({1}) FROM early_stimuli WITH (READPAST) WHERE expires_at <= {0}";
    }
}

/// <summary>The outbox on SQL Server. Unverified: not yet run against a server.</summary>
internal sealed record SqlServerOutboxStatements : OutboxStatements
{
    [SetsRequiredMembers]
    public SqlServerOutboxStatements(Dialect dialect)
    {
        var clock = dialect.Clock;
        BeforeClaim = ["EXEC sp_getapplock @Resource = 'claim-effects', @LockMode = 'Exclusive', @LockOwner = 'Transaction'"];

        // No aggregate may stand in a recursive query here, so the lanes are listed by the index on them.
        Claim = $$"""
            WITH lanes AS (SELECT DISTINCT claim_lane AS lane FROM effects WITH (READPAST) WHERE state = 'Pending'),
            roomy AS (
              SELECT lane, {4} - (SELECT count(*) FROM effects held WHERE held.claim_lane = lanes.lane AND held.lease_until_microseconds > {{clock}}) AS room FROM lanes),
            chosen AS (
              SELECT TOP ({3}) next.merchant_id, next.id FROM roomy
              CROSS APPLY (
                SELECT TOP (CASE WHEN roomy.room > 0 THEN roomy.room ELSE 0 END) e.merchant_id, e.id, e.due_at FROM effects e WITH (ROWLOCK, UPDLOCK, READPAST)
                WHERE e.claim_lane = roomy.lane AND e.state = 'Pending' AND e.due_at <= {5} AND e.lease_until_microseconds <= {{clock}}
                ORDER BY e.due_at, e.id) AS next
              ORDER BY next.due_at, next.id)
            UPDATE effect SET left_open = CASE WHEN effect.lease_until_microseconds > 0 THEN 1 ELSE effect.left_open END, lease_token = {0}, leased_by = {1}, lease_until_microseconds = {{clock}} + {2}
            OUTPUT inserted.*
            FROM effects effect JOIN chosen ON chosen.merchant_id = effect.merchant_id AND chosen.id = effect.id
            """;
    }
}
