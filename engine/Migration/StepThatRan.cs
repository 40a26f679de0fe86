using System.Text.Json;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Migration;

/// <summary>A step that ran in a case, and as what: under its identity there may stand another kind of step by now, which did not run.</summary>
/// <param name="NodeId">The step.</param>
/// <param name="ActivityType">What it was drawn as.</param>
internal sealed record StepThatRan(string NodeId, string ActivityType)
{
    private const string Renamed = "renamed";

    public static StepThatRan Of(CompiledNode node) => new(node.Id, node.Activity.Type);

    /// <summary>What the journal of a case that is moved keeps of the steps that the order calls otherwise; nothing where it calls none so.</summary>
    public static Dictionary<string, string?> RenamedBy(MigrationOrder order)
    {
        var renamed = order.Steps.Where(step => step.Value is not null && step.Value != step.Key).ToDictionary();
        return renamed.Count == 0 ? [] : new() { [Renamed] = JsonSerializer.Serialize(renamed) };
    }

    /// <summary>All that ran in a case, by every identity it had: in the version it ran in, in those it was moved to since, and in the one it would be moved to.</summary>
    public static async ValueTask<IReadOnlySet<StepThatRan>> InAsync(ICaseStore cases, Guid caseId, VersionMap map, CancellationToken cancellationToken)
    {
        var ran = new HashSet<StepThatRan>();
        foreach (var step in (await cases.JournalAsync(caseId, cancellationToken)).SelectMany(entry => entry.Steps))
        {
            ran.Add(new StepThatRan(step.NodeId, step.ActivityType));
            if (step.Values.TryGetValue(Renamed, out var json) && json is not null && JsonSerializer.Deserialize<Dictionary<string, string>>(json) is { } renamed)
                ran.UnionWith([.. ran.Where(each => renamed.ContainsKey(each.NodeId)).Select(each => each with { NodeId = renamed[each.NodeId] })]);
        }

        ran.UnionWith([.. ran.Select(each => each with { NodeId = map.TargetOf(each.NodeId) ?? each.NodeId })]);
        return ran;
    }
}
