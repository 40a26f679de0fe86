using System.Text.Json;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Migration;

/// <summary>
/// The journal that a migration keeps under its own identity, as a case does: one entry for the order, one for each case,
/// written in the very commit that moves the case or lets it stay. So the result is exact whatever stops on the way, and no
/// counter is a hot row.
/// </summary>
internal static class MigrationBook
{
    private const string OrderCause = "Migration";
    private const string OrderKey = "order";
    private const string TotalKey = "total";
    private const string ReferenceKey = "reference";
    private const string ToKey = "to";
    private const string Moved = "Moved";
    private const string Stayed = "Stayed";

    /// <summary>The entry that opens a migration.</summary>
    public static JournalEntry Open(Guid tenantId, MigrationTask task, int total, DateTimeOffset now)
    {
        var values = new Dictionary<string, string?> { [OrderKey] = JsonSerializer.Serialize(task, EngineJson.Options), [TotalKey] = JsonSerializer.Serialize(total) };
        var order = new StepRecord { NodeId = "", ActivityType = "", ActivityInstanceId = "", What = OrderCause, Values = values };
        return Entry(tenantId, task.MigrationId, OrderCause, now, order) with { Revision = 0 };
    }

    /// <summary>The entry of one case.</summary>
    public static JournalEntry Of(Guid tenantId, Guid migrationId, CaseVerdict verdict, DateTimeOffset now) => Entry(tenantId, migrationId, verdict.Moves ? Moved : Stayed, now, new StepRecord
    {
        NodeId = verdict.At ?? "",
        ActivityType = "",
        ActivityInstanceId = verdict.CaseId.ToString("N"),
        What = verdict.Moves ? Moved : Stayed,
        Outcomes = verdict.Stays is { } stays ? [stays.Kind.ToString()] : [],
        Values = new Dictionary<string, string?> { [ReferenceKey] = verdict.Reference, [ToKey] = verdict.To },
        Message = verdict.Stays?.About,
    });

    /// <summary>The order that an entry opens a migration with; null where it opens none.</summary>
    public static MigrationTask? TaskOf(JournalEntry opened) =>
        opened is { Cause: OrderCause, Steps: [{ Values: { } values }] } ? JsonSerializer.Deserialize<MigrationTask>(values[OrderKey]!, EngineJson.Options) : null;

    /// <summary>How far a migration is; null where the journal is not one's.</summary>
    public static MigrationProgress? Read(IReadOnlyList<JournalEntry> journal)
    {
        if (journal.FirstOrDefault(entry => entry.Cause == OrderCause) is not { } opened || TaskOf(opened) is not { } task)
            return null;
        CaseVerdict[] verdicts = [.. journal.Where(entry => entry != opened).OrderBy(entry => entry.At).ThenBy(entry => entry.Id).Select(entry => VerdictOf(entry.Steps[0]))];
        var total = JsonSerializer.Deserialize<int>(opened.Steps[0].Values[TotalKey]!);
        return new MigrationProgress
        {
            Id = task.MigrationId,
            Order = task.Order,
            By = task.By,
            Why = task.Why,
            StartedAt = opened.At,
            EndedAt = verdicts.Length == total ? journal.Max(entry => entry.At) : null,
            Total = total,
            Moved = verdicts.Count(verdict => verdict.Moves),
            Stayed = verdicts.Count(verdict => !verdict.Moves),
            Reasons = MigrationReason.Of(verdicts),
            Cases = verdicts,
        };
    }

    /// <summary>How many cases moved and stayed, of a journal's entries by cause.</summary>
    public static MigrationCount Count(IReadOnlyDictionary<string, int> causes) => new(causes.GetValueOrDefault(Moved), causes.GetValueOrDefault(Stayed));

    private static CaseVerdict VerdictOf(StepRecord step) => new(
        Guid.ParseExact(step.ActivityInstanceId, "N"),
        step.Values.GetValueOrDefault(ReferenceKey),
        step.NodeId.Length == 0 ? null : step.NodeId,
        step.Values.GetValueOrDefault(ToKey),
        step.Outcomes is [var kind] ? new Hindrance(Enum.Parse<HindranceKind>(kind), step.Message) : null);

    private static JournalEntry Entry(Guid tenantId, Guid migrationId, string cause, DateTimeOffset now, StepRecord step) => new()
    {
        Id = TimeOrderedId.At(now),
        TenantId = tenantId,
        CaseId = migrationId,
        Revision = 1,
        At = now,
        Cause = cause,
        Steps = [step],
    };
}
