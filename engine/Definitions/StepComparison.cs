using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>Finds what one step does otherwise than before.</summary>
internal static class StepComparison
{
    private const string Custom = "customProperties";

    public static IEnumerable<ScenarioChange> Between(PlacedStep former, PlacedStep present)
    {
        var (before, after) = (former.Step, present.Step);
        if (former.Container is { } held && present.Container is { } holds && former.Place != present.Place)
            yield return new StepPutInto(after, held.Step, holds.Step);
        if ((before.Type, before.Version) != (after.Type, after.Version))
            yield return new StepRetyped(after, before);
        if (before.Title != after.Title)
            yield return new StepRenamed(after, before.Title, after.Title);
        foreach (var change in Settings(before, after))
            yield return change;
        if (Order(before, after) is { } order)
            yield return order;
        foreach (var change in ScenarioComparison.Variables(before.Variables, after.Variables, after))
            yield return change;
    }

    /// <summary>Whether a step stands elsewhere or carries other notes of the editor; its title is no such note.</summary>
    public static bool LooksOtherwise(StepDefinition before, StepDefinition after) => !JsonNode.DeepEquals(NotesOf(before), NotesOf(after));

    private static IEnumerable<SettingChanged> Settings(StepDefinition before, StepDefinition after)
    {
        if (before.Start != after.Start)
            yield return new SettingChanged(after, "start", before.Start, after.Start);
        foreach (var name in NamesOf(after.Properties).Union(NamesOf(before.Properties)))
        {
            var (was, isNow) = (before.Properties[name], after.Properties[name]);
            if (!SayTheSame(was, isNow))
                yield return new SettingChanged(after, name, was?.DeepClone(), isNow?.DeepClone());
        }

        var (former, present) = (before.CustomProperties ?? [], after.CustomProperties ?? []);
        foreach (var name in present.Concat(former).Select(member => member.Key).Distinct())
        {
            // Not set is no.
            var (was, isNow) = (former[name], present[name]);
            if (!JsonNode.DeepEquals(was ?? false, isNow ?? false))
                yield return new SettingChanged(after, $"{Custom}.{name}", was?.DeepClone(), isNow?.DeepClone());
        }
    }

    // A sequence does its steps in the order in which they are written; those that came or went are told of by themselves.
    private static SettingChanged? Order(StepDefinition before, StepDefinition after)
    {
        if (after.Type != "Elsa.Sequence" || before.Type != after.Type)
            return null;
        var (former, present) = (before.Steps ?? [], after.Steps ?? []);
        var were = former.IntersectBy(present.Select(step => step.Id), step => step.Id).ToList();
        var are = present.IntersectBy(former.Select(step => step.Id), step => step.Id).ToList();
        return were.Select(step => step.Id).SequenceEqual(are.Select(step => step.Id)) ? null : new SettingChanged(after, "activities", Names(were), Names(are));
    }

    private static JsonArray Names(List<StepDefinition> steps) => [.. steps.Select(step => (JsonNode)(step.Title is { Length: > 0 } title ? title : step.Id))];

    // Embedded steps are compared as the steps they are.
    private static IEnumerable<string> NamesOf(JsonObject properties) => properties
        .Where(member => member.Key is not ("nodeId" or "metadata" or Custom) && !(member.Value is JsonObject child && ScenarioReader.LooksLikeStep(child)))
        .Select(member => member.Key);

    private static bool SayTheSame(JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(WithoutReference(before), WithoutReference(after)))
            return true;
        return InputDefinition.Read(before) is { } was && InputDefinition.Read(after) is { } isNow
            && string.Equals(was.Expression.Type, isNow.Expression.Type, StringComparison.OrdinalIgnoreCase)
            && JsonSerializer.Serialize(was.Expression.Value) == JsonSerializer.Serialize(isNow.Expression.Value);
    }

    // Elsa counts an input's place in memory anew; an output's says which variable it is written to.
    private static JsonNode? WithoutReference(JsonNode? json)
    {
        if (json is not JsonObject input || !input.ContainsKey("expression") || !input.ContainsKey("memoryReference"))
            return json;
        var without = (JsonObject)input.DeepClone();
        without.Remove("memoryReference");
        return without;
    }

    private static JsonObject NotesOf(StepDefinition step)
    {
        var notes = (JsonObject)(step.Metadata?.DeepClone() ?? new JsonObject());
        notes.Remove("displayText");
        return notes;
    }
}
