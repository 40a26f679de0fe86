using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>The queue on SQLite: its single writer needs no locks.</summary>
internal sealed record SqliteQueueStatements : QueueStatements
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public SqliteQueueStatements(Dialect dialect)
    {
        var clock = dialect.Clock;

        // Items of one instant go in the order they came: their rowid. Of each case the first that may be claimed; none of a case that somebody holds.
        Claim = $$"""
            UPDATE work_items SET lease_token = {0}, leased_by = {1}, lease_until_microseconds = {{clock}} + {2}, attempts = attempts + 1
            WHERE (merchant_id, id) IN (
              SELECT w.merchant_id, w.id FROM work_items w
              WHERE w.lease_until_microseconds <= {{clock}} AND w.not_before_microseconds <= {{clock}}
                AND NOT EXISTS (SELECT 1 FROM work_items other WHERE other.merchant_id = w.merchant_id AND other.case_id = w.case_id
                  AND (other.lease_until_microseconds > {{clock}} OR (other.not_before_microseconds <= {{clock}} AND (other.claim_rank, other.rowid) < (w.claim_rank, w.rowid))))
              ORDER BY w.claim_rank, w.rowid LIMIT {3})
            RETURNING *
            """;
        LeavesOthers = $"SELECT CASE WHEN EXISTS (SELECT 1 FROM work_items WHERE lease_until_microseconds <= {clock} AND not_before_microseconds <= {clock}) THEN 1 ELSE 0 END";
        Release = $$"""
            UPDATE work_items SET not_before_microseconds = {{clock}} + {0}, last_error = {1}, lease_token = {2}, leased_by = NULL, lease_until_microseconds = 0
            WHERE merchant_id = {3} AND id = {4} AND lease_token = {5}
            """;

        // The item takes the identity of its bookmark: a bookmark's timer fires once. In the order of the index alone, so
        // that of thousands due at the same instant no more are read than are fired.
        FireTimers = $$"""
            INSERT INTO work_items (id, merchant_id, kind, "key", case_id, bookmark_id, lane, attempts, enqueued_at, lease_token, claim_rank)
            SELECT id, merchant_id, 'Resume', 'resume:' || {{dialect.PlainId("id")}}, case_id, id, 'Timer', 0, {0}, '00000000-0000-0000-0000-000000000000', {{clock}} + {{Tables.Handicap("'Timer'")}}
            FROM bookmarks WHERE due_at <= {0} ORDER BY due_at, rowid LIMIT {1}
            ON CONFLICT (merchant_id, "key") DO NOTHING
            """;
        ClearTimers = """
            UPDATE bookmarks SET due_at = NULL WHERE (merchant_id, id) IN (
              SELECT merchant_id, id FROM bookmarks WHERE due_at <= {0} ORDER BY due_at, rowid LIMIT {1})
            """;
        ForgetEarly = """
            DELETE FROM early_stimuli WHERE (merchant_id, id) IN (SELECT merchant_id, id FROM early_stimuli WHERE expires_at <= {0} LIMIT {1})
            """;
    }
}
