using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;

namespace CentralPay.Workflows.Designer.Scenarios.Drawing;

/// <summary>What was to be steps is none.</summary>
public sealed class UnreadableStepsException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Steps on the system's clipboard, so that they travel between scenarios, browsers and companies. What comes back is foreign
/// text: read with limits, and nothing of it is believed but steps and connections.
/// </summary>
/// <param name="Steps">The steps with their settings.</param>
/// <param name="Connections">The connections among them.</param>
public sealed record ClippedSteps(IReadOnlyList<StepDefinition> Steps, IReadOnlyList<ConnectionDefinition> Connections)
{
    private const int MostCharacters = 500_000;
    private const int MostSteps = 200;

    /// <summary>The chosen steps as text: an Elsa flowchart. Values of inputs that hold secrets are left out.</summary>
    public static string Write(ScenarioDefinition definition, IReadOnlyCollection<string> ids, ActivityRegistry activities)
    {
        ArgumentNullException.ThrowIfNull(activities);
        var chosen = ScenarioDrawing.Steps(definition).Where(step => ids.Contains(step.Id)).Select(step => Stripped(step, activities)).ToList();
        var among = ScenarioDrawing.Connections(definition).Where(each => ids.Contains(each.Source) && ids.Contains(each.Target)).ToList();
        var empty = ScenarioDrawing.Empty("", "");
        return ScenarioWriter.Write(empty with { Root = empty.Root with { Steps = chosen, Connections = among } });
    }

    /// <summary>Steps from a text: what <see cref="Write"/> wrote, or any exported scenario.</summary>
    /// <exception cref="UnreadableStepsException">There are none in it, or too many.</exception>
    public static ClippedSteps Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > MostCharacters)
        {
            throw new UnreadableStepsException("The clipboard holds no steps.");
        }

        try
        {
            var root = ScenarioReader.Read(AsScenario(text)).Root;
            return root.Steps is { Count: > 0 and <= MostSteps } steps
                ? new ClippedSteps(steps, root.Connections ?? [])
                : throw new UnreadableStepsException("The clipboard holds no steps, or too many.");
        }
        catch (Exception foreign) when (foreign is ScenarioFormatException or JsonException or ArgumentException)
        {
            throw new UnreadableStepsException("The clipboard holds no steps.", foreign);
        }
    }

    // A flowchart alone is taken too; what only the cards showed is not enough to make a step of.
    private static string AsScenario(string text) =>
        JsonNode.Parse(text) is JsonObject json && json["root"] is null && json["activities"] is JsonArray
            ? new JsonObject { ["root"] = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["activities"] = json["activities"]!.DeepClone(), ["connections"] = json["connections"]?.DeepClone() ?? new JsonArray() } }.ToJsonString()
            : text;

    private static StepDefinition Stripped(StepDefinition step, ActivityRegistry activities)
    {
        var secrets = (activities.Find(step.Type)?.Inputs ?? []).Where(input => input.IsSensitive).Select(input => input.Name).ToHashSet();
        if (secrets.Count == 0)
        {
            return step;
        }

        var properties = (JsonObject)step.Properties.DeepClone();
        foreach (var secret in secrets)
        {
            properties.Remove(secret);
        }

        return step with { Properties = properties };
    }
}
