using System.Diagnostics.CodeAnalysis;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Storage.CrossMerchant;

/// <summary>
/// The claim of the outbox, as one database says it: 0 token, 1 owner, 2 lease in microseconds, 3 limit, 4 most in flight
/// of a lane, 5 business instant. The lanes are hopped over by index; a lane of a hundred thousand costs what its first
/// few cost, and while nothing is due they are not looked at.
/// </summary>
internal abstract record OutboxStatements
{
    /// <summary>What runs first in the claim's transaction; nothing where one writer is all there is.</summary>
    public IReadOnlyList<string> BeforeClaim { get; init; } = [];

    /// <summary>Claims and answers effects; where it says <c>{columns}</c>, those that a record is read from.</summary>
    public required string Claim { get; init; }

    /// <summary>One whose last try never told how it ended is still leased to it.</summary>
    protected const string LeftOpen = "left_open = left_open OR lease_until_microseconds > 0";

    /// <summary>The lanes that have something pending, and how many more each may have in flight.</summary>
    protected static string LanesWithRoom(string clock) => $$"""
        lanes(lane) AS (
          SELECT min(claim_lane) FROM effects WHERE state = 'Pending' AND EXISTS (SELECT 1 FROM effects WHERE state = 'Pending' AND due_at <= {5})
          UNION ALL
          SELECT (SELECT min(e.claim_lane) FROM effects e WHERE e.state = 'Pending' AND e.claim_lane > lanes.lane) FROM lanes WHERE lanes.lane IS NOT NULL),
        roomy AS (
          SELECT lane, {4} - (SELECT count(*) FROM effects held WHERE held.claim_lane = lanes.lane AND held.lease_until_microseconds > 0 AND held.lease_until_microseconds > {{clock}}) AS room
          FROM lanes WHERE lane IS NOT NULL)
        """;
}

/// <summary>The outbox on SQLite.</summary>
internal sealed record SqliteOutboxStatements : OutboxStatements
{
    [SetsRequiredMembers]
    public SqliteOutboxStatements(Dialect dialect)
    {
        var clock = dialect.Clock;
        Claim = $$"""
            WITH RECURSIVE {{LanesWithRoom(clock)}},
            reach AS (
              SELECT lane, room, COALESCE((SELECT e.due_at FROM effects e
                WHERE e.claim_lane = roomy.lane AND e.state = 'Pending' AND e.due_at <= {5} AND e.lease_until_microseconds <= {{clock}}
                ORDER BY e.due_at LIMIT 1 OFFSET {4} - 1), {5}) AS until
              FROM roomy WHERE room > 0),
            ranked AS (
              SELECT e.merchant_id, e.id, e.due_at, reach.room, row_number() OVER (PARTITION BY e.claim_lane ORDER BY e.due_at, e.id) AS place
              FROM reach JOIN effects e ON e.claim_lane = reach.lane AND e.state = 'Pending' AND e.due_at <= reach.until
              WHERE e.lease_until_microseconds <= {{clock}})
            UPDATE effects SET {{LeftOpen}}, lease_token = {0}, leased_by = {1}, lease_until_microseconds = {{clock}} + {2}
            WHERE (merchant_id, id) IN (SELECT merchant_id, id FROM ranked WHERE place <= room ORDER BY due_at, id LIMIT {3})
            RETURNING *
            """;
    }
}

/// <summary>The outbox on PostgreSQL.</summary>
internal sealed record PostgreSqlOutboxStatements : OutboxStatements
{
    [SetsRequiredMembers]
    public PostgreSqlOutboxStatements(Dialect dialect)
    {
        var clock = dialect.Clock;

        // One claim at a time, so that a lane's room is counted right. It is on the disk before anything leaves: what tells a later
        // try that one before it may have begun is the claim.
        BeforeClaim = ["SELECT pg_advisory_xact_lock(4802)"];
        Claim = $$"""
            WITH RECURSIVE {{LanesWithRoom(clock)}},
            chosen AS (
              SELECT next.merchant_id, next.id FROM roomy
              CROSS JOIN LATERAL (
                SELECT e.merchant_id, e.id, e.due_at FROM effects e
                WHERE e.claim_lane = roomy.lane AND e.state = 'Pending' AND e.due_at <= {5} AND e.lease_until_microseconds <= {{clock}}
                ORDER BY e.due_at, e.id LIMIT GREATEST(roomy.room, 0) FOR UPDATE SKIP LOCKED) AS next
              ORDER BY next.due_at, next.id LIMIT {3})
            UPDATE effects SET {{LeftOpen}}, lease_token = {0}, leased_by = {1}, lease_until_microseconds = {{clock}} + {2}
            FROM chosen WHERE effects.merchant_id = chosen.merchant_id AND effects.id = chosen.id
            RETURNING {columns}
            """;
    }
}
