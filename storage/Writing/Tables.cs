using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>All tables that the unit of work writes, by the type of their records.</summary>
internal sealed class Tables
{
    private readonly Dictionary<Type, Table> tables;

    public Tables(IModel model, Dialect dialect)
    {
        tables = model.GetEntityTypes()
            .Where(entity => entity.FindProperty("MerchantId") is not null || entity.FindProperty("TenantId") is not null)
            .ToDictionary(entity => entity.ClrType, entity => new Table(entity, dialect, Given(entity.ClrType)));

        // The work queue's rank is reckoned by the database's clock.
        var items = model.FindEntityType(typeof(WorkItem))!;
        var lane = dialect.Parameter(tables[typeof(WorkItem)].Place("lane"));
        tables[typeof(WorkItem)] = new Table(items, dialect, computed: ("claim_rank", $"{dialect.Clock} + {Handicap(lane)}"));
    }

    public Table this[Type record] => tables[record];

    public Table For<T>() => tables[typeof(T)];

    /// <summary>What is added to the time of queueing to give the rank, from an expression that says the lane.</summary>
    public static string Handicap(string lane) =>
        $"CASE {lane} WHEN '{nameof(WorkLane.Event)}' THEN {Microseconds(WorkLane.Event)} WHEN '{nameof(WorkLane.Timer)}' THEN {Microseconds(WorkLane.Timer)} ELSE {Microseconds(WorkLane.Bulk)} END";

    /// <summary>Merchant and lane in one: a claim is fair between these.</summary>
    public static string ClaimLane(Effect effect) => $"{effect.MerchantId:N}/{effect.Lane}";

    private static long Microseconds(WorkLane lane) => WorkLanes.GivesWayBy(lane).Ticks / TimeSpan.TicksPerMicrosecond;

    private static Dictionary<string, Func<object, object?>>? Given(Type record) => record == typeof(Effect)
        ? new() { [OutboxColumns.ClaimLane] = effect => ClaimLane((Effect)effect) }
        : null;
}
