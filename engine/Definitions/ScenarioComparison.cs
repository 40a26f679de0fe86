using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>
/// Finds what one drawing does otherwise than another. Steps are the same where their ids are, wherever they stand; a value
/// that is only spelled otherwise (an older shape, members in another order) is the same value.
/// </summary>
public static class ScenarioComparison
{
    // Members that say which row, file or tool a definition is of, not what it does.
    private static readonly string[] AboutTheFile = ["$schema", "toolVersion", "createdAt"];

    /// <summary>What <paramref name="after"/> does otherwise than <paramref name="before"/>.</summary>
    public static ScenarioChanges Between(ScenarioDefinition before, ScenarioDefinition after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (former, present) = (new PlacedSteps(before.Root), new PlacedSteps(after.Root));
        List<ScenarioChange> changes =
        [
            .. Members(before, after),
            .. Variables(before.Variables, after.Variables, null),
            .. present.All.SelectMany(placed => former.Find(placed.Key) is { } known ? StepComparison.Between(known, placed) : [new StepAdded(placed.Step, placed.Container!.Step)]),
            .. former.All.Where(placed => present.Find(placed.Key) is null).Select(placed => new StepRemoved(placed.Step, placed.Container!.Step)),
            .. present.Connections.Except(former.Connections, SameWay.Only).Select(connection => new ConnectionAdded(connection)),
            .. former.Connections.Except(present.Connections, SameWay.Only).Select(connection => new ConnectionRemoved(connection)),
        ];
        var ways = former.Connections.Distinct(SameWay.Only).ToDictionary(connection => connection, SameWay.Only);
        var bent = present.Connections
            .Where(connection => ways.TryGetValue(connection, out var known) && !JsonNode.DeepEquals(known.Rest, connection.Rest))
            .Select(connection => connection.Source).ToHashSet();
        var moved = present.All.Where(placed => former.Find(placed.Key) is { } known && (bent.Contains(placed.Step.Id) || StepComparison.LooksOtherwise(known.Step, placed.Step)));
        return new ScenarioChanges(changes, [.. moved.Select(placed => placed.Step)]);
    }

    internal static IEnumerable<ScenarioChange> Variables(IReadOnlyList<VariableDefinition> before, IReadOnlyList<VariableDefinition> after, StepDefinition? container)
    {
        // Of several with one identity, which keeps a scenario from being published, the first is compared with the first.
        var ahead = before.GroupBy(variable => variable.Id).ToDictionary(group => group.Key, group => new Queue<VariableDefinition>(group));
        foreach (var variable in after)
        {
            var known = ahead.TryGetValue(variable.Id, out var left) && left.TryDequeue(out var first) ? first : null;
            if (known is null || !SayTheSame(known, variable))
                yield return new VariableChanged(known, variable, container);
        }

        foreach (var gone in before.Where(variable => ahead[variable.Id].Contains(variable)))
            yield return new VariableChanged(gone, null, container);
    }

    private static bool SayTheSame(VariableDefinition one, VariableDefinition other) =>
        (one.Name, one.TypeName, one.IsArray) == (other.Name, other.TypeName, other.IsArray)
        && JsonNode.DeepEquals(one.Value, other.Value)
        && JsonNode.DeepEquals(one.Rest, other.Rest);

    private static IEnumerable<ScenarioMemberChanged> Members(ScenarioDefinition before, ScenarioDefinition after)
    {
        if (before.Name != after.Name)
            yield return new ScenarioMemberChanged("name", before.Name, after.Name);
        if ((before.Description ?? "") != (after.Description ?? ""))
            yield return new ScenarioMemberChanged("description", before.Description, after.Description);
        var (former, present) = (Flat(before.Rest), Flat(after.Rest));
        foreach (var name in present.Keys.Union(former.Keys))
        {
            var (was, isNow) = (former.GetValueOrDefault(name), present.GetValueOrDefault(name));
            if (!JsonNode.DeepEquals(was, isNow))
                yield return new ScenarioMemberChanged(name, was?.DeepClone(), isNow?.DeepClone());
        }
    }

    /// <summary>The members by name; the items of a list go by their own names, the members of an object by theirs.</summary>
    private static Dictionary<string, JsonNode?> Flat(JsonObject rest)
    {
        var flat = new Dictionary<string, JsonNode?>();
        foreach (var (name, value) in rest.Where(member => !AboutTheFile.Contains(member.Key)))
        {
            switch (value)
            {
                case JsonObject members:
                    foreach (var (member, inside) in members)
                        flat[$"{name}.{member}"] = inside;
                    break;
                case JsonArray items:
                    foreach (var (item, index) in items.Select((item, index) => (item, index)))
                        flat[$"{name}.{NameOf(item) ?? $"{index + 1}"}"] = item;
                    break;
                default:
                    flat[name] = value;
                    break;
            }
        }

        return flat;
    }

    private static string? NameOf(JsonNode? item) => item switch
    {
        JsonObject named => named["name"] is JsonValue name && name.TryGetValue<string>(out var text) ? text : null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => null,
    };

    private sealed class SameWay : IEqualityComparer<ConnectionDefinition>
    {
        public static SameWay Only { get; } = new();

        public bool Equals(ConnectionDefinition? x, ConnectionDefinition? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.LeadsLike(y));

        public int GetHashCode(ConnectionDefinition obj) => HashCode.Combine(obj.Source, obj.SourcePort, obj.Target, obj.TargetPort);
    }
}
