using System.Diagnostics.CodeAnalysis;
using CentralPay.Workflows.Storage.Cases;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Writing;

namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>The queue on PostgreSQL.</summary>
internal sealed record PostgreSqlQueueStatements : QueueStatements
{
    [SetsRequiredMembers]
    public PostgreSqlQueueStatements(Dialect dialect)
    {
        var clock = dialect.Clock;

        // One claim at a time, so that two of them cannot hand out two items of one case; a claim that a crash forgets is
        // an item claimed again, so it need not wait for the disk. Rows that a commit is deleting are skipped. The
        // oldest come in the order of their index: the queue is never sorted whole. Of a case that nobody holds, the first.
        BeforeClaim = ["SELECT set_config('synchronous_commit', 'off', true), set_config('enable_sort', 'off', true), pg_advisory_xact_lock(4801)"];
        // What was locked is found again by its place on the disk. A large state does not come along: it would be sent while
        // every other claim waits.
        Claim = $$"""
            WITH clock AS MATERIALIZED (SELECT {{clock}} AS at),
            chosen AS MATERIALIZED (
              SELECT w.ctid AS place_on_disk FROM work_items w, clock
              WHERE w.lease_until_microseconds <= clock.at AND w.not_before_microseconds <= clock.at
                AND NOT EXISTS (SELECT 1 FROM work_items other WHERE other.merchant_id = w.merchant_id AND other.case_id = w.case_id
                  AND (other.lease_until_microseconds > clock.at OR (other.not_before_microseconds <= clock.at AND (other.claim_rank, other.id) < (w.claim_rank, w.id))))
              ORDER BY w.claim_rank, w.id LIMIT {3} FOR UPDATE OF w SKIP LOCKED),
            taken AS (
              UPDATE work_items SET lease_token = {0}, leased_by = {1}, lease_until_microseconds = clock.at + {2}, attempts = work_items.attempts + 1
              FROM chosen, clock WHERE work_items.ctid = chosen.place_on_disk
              RETURNING work_items.*)
            SELECT others.leaves_others, taken.*, {{CaseRow.ColumnsOf("its")}}
            FROM (SELECT (SELECT true FROM work_items w, clock WHERE w.lease_until_microseconds <= clock.at AND w.not_before_microseconds <= clock.at
              AND w.ctid NOT IN (SELECT place_on_disk FROM chosen) ORDER BY w.claim_rank LIMIT 1) IS TRUE AS leaves_others) AS others
            LEFT JOIN taken ON true
            LEFT JOIN cases its ON its.merchant_id = taken.merchant_id AND its.id = taken.case_id AND octet_length(its.state) <= 32768
            """;
        BringsCases = true;
        Release = $$"""
            UPDATE work_items SET not_before_microseconds = {{clock}} + {0}, last_error = {1}, lease_token = {2}, leased_by = NULL, lease_until_microseconds = 0
            WHERE merchant_id = {3} AND id = {4} AND lease_token = {5}
            """;
        // In the order of the index alone: of thousands due at the same instant no more are read than are fired.
        FireTimers = $$"""
            WITH due AS MATERIALIZED (
              SELECT merchant_id, id FROM bookmarks WHERE due_at <= {0} ORDER BY due_at LIMIT {1} FOR UPDATE SKIP LOCKED),
            fired AS (
              UPDATE bookmarks SET due_at = NULL FROM due WHERE bookmarks.merchant_id = due.merchant_id AND bookmarks.id = due.id
              RETURNING bookmarks.merchant_id, bookmarks.id, bookmarks.case_id)
            INSERT INTO work_items (id, merchant_id, kind, "key", case_id, bookmark_id, lane, attempts, enqueued_at, lease_token, claim_rank)
            SELECT id, merchant_id, 'Resume', 'resume:' || {{dialect.PlainId("id")}}, case_id, id, 'Timer', 0, {0}, '00000000-0000-0000-0000-000000000000', {{clock}} + {{Tables.Handicap("'Timer'")}}
            FROM fired
            ON CONFLICT (merchant_id, "key") DO NOTHING
            """;
        ForgetEarly = """
            DELETE FROM early_stimuli WHERE (merchant_id, id) IN (SELECT merchant_id, id FROM early_stimuli WHERE expires_at <= {0} LIMIT {1} FOR UPDATE SKIP LOCKED)
            """;
    }
}
