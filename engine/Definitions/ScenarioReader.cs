using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>Reads a scenario from Elsa's JSON. What it does not know it keeps.</summary>
public static class ScenarioReader
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <summary>The scenario; throws <see cref="ScenarioFormatException"/> where the text is none.</summary>
    public static ScenarioDefinition Read(string json)
    {
        try
        {
            return JsonNode.Parse(json, null, Lenient) is JsonObject root
                ? Read(root)
                : throw new ScenarioFormatException("A scenario is a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new ScenarioFormatException($"The text is not JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new ScenarioFormatException($"A member of the scenario has another type than Elsa's definitions give it: {exception.Message}", exception);
        }
        catch (ArgumentException exception)
        {
            throw new ScenarioFormatException($"A member of the scenario stands there twice: {exception.Message}", exception);
        }
    }

    private static ScenarioDefinition Read(JsonObject source)
    {
        var json = (JsonObject)source.DeepClone();
        var root = json["root"] as JsonObject ?? throw new ScenarioFormatException("The scenario has no \"root\".");
        var definition = new ScenarioDefinition
        {
            Id = Take<string>(json, "id") ?? "",
            DefinitionId = Take<string>(json, "definitionId") ?? "",
            Name = Take<string>(json, "name") ?? "",
            Description = Take<string>(json, "description"),
            Version = TakeInt(json, "version") ?? 1,
            IsLatest = Take<bool?>(json, "isLatest") ?? false,
            IsPublished = Take<bool?>(json, "isPublished") ?? false,
            Variables = ReadVariables(json["variables"]),
            Root = ReadStep(root),
        };
        json.Remove("variables");
        json.Remove("root");
        return definition with { Rest = json };
    }

    internal static bool LooksLikeStep(JsonObject json) =>
        json["type"] is JsonValue && json["id"] is JsonValue && !json.ContainsKey("typeName") && !json.ContainsKey("expression") && json["value"] is null or JsonObject;

    internal static StepDefinition ReadStep(JsonObject source)
    {
        var json = (JsonObject)source.DeepClone();
        var step = new StepDefinition
        {
            Id = Take<string>(json, "id") ?? throw new ScenarioFormatException($"A step of type \"{source["type"]}\" has no \"id\"."),
            Type = Take<string>(json, "type") ?? throw new ScenarioFormatException($"The step \"{source["id"]}\" has no \"type\"."),
            Version = TakeInt(json, "version") ?? 1,
            Name = Take<string>(json, "name"),
            Start = json["start"] is JsonValue ? Take<string>(json, "start") : null,
            Steps = json["activities"] is JsonArray steps
                ? [.. steps.Select(step => step as JsonObject ?? throw new ScenarioFormatException($"The step \"{source["id"]}\" holds something that is no step.")).Select(ReadStep)]
                : null,
            Connections = json["connections"] is JsonArray connections
                ? [.. connections.Select(connection => connection as JsonObject ?? throw new ScenarioFormatException($"The flowchart \"{source["id"]}\" holds a connection that is no object.")).Select(ReadConnection)]
                : null,
            Variables = ReadVariables(json["variables"]),
        };
        if (step.Steps is not null)
            json.Remove("activities");
        if (step.Connections is not null)
            json.Remove("connections");
        if (step.Variables.Count > 0)
            json.Remove("variables");
        return step with { Properties = json };
    }

    private static ConnectionDefinition ReadConnection(JsonObject source)
    {
        var json = (JsonObject)source.DeepClone();
        if (json["source"] is JsonObject from && json["target"] is JsonObject to)
        {
            var connection = new ConnectionDefinition
            {
                Source = Text(from["activity"]) ?? throw new ScenarioFormatException("A connection does not say which step it leaves."),
                SourcePort = Text(from["port"]) ?? "Done",
                Target = Text(to["activity"]) ?? throw new ScenarioFormatException("A connection does not say which step it reaches."),
                TargetPort = Text(to["port"]) ?? "In",
            };
            json.Remove("source");
            json.Remove("target");
            return connection with { Rest = json };
        }

        var flat = new ConnectionDefinition
        {
            Source = Take<string>(json, "source") ?? throw new ScenarioFormatException("A connection does not say which step it leaves."),
            SourcePort = Take<string>(json, "sourcePort") ?? "Done",
            Target = Take<string>(json, "target") ?? throw new ScenarioFormatException("A connection does not say which step it reaches."),
            TargetPort = Take<string>(json, "targetPort") ?? "In",
        };
        return flat with { Rest = json };
    }

    private static List<VariableDefinition> ReadVariables(JsonNode? json)
    {
        var variables = new List<VariableDefinition>();
        foreach (var item in (json as JsonArray ?? []).OfType<JsonObject>())
        {
            var rest = (JsonObject)item.DeepClone();
            var name = Take<string>(rest, "name") ?? throw new ScenarioFormatException("A variable has no \"name\".");
            var value = rest["value"]?.DeepClone();
            rest.Remove("value");
            variables.Add(new VariableDefinition
            {
                Id = Take<string>(rest, "id") ?? name,
                Name = name,
                TypeName = Take<string>(rest, "typeName") ?? "Object",
                IsArray = Take<bool?>(rest, "isArray") ?? false,
                Value = value,
                Rest = rest,
            });
        }

        return variables;
    }

    private static T? Take<T>(JsonObject json, string name)
    {
        if (json[name] is not { } node)
        {
            json.Remove(name);
            return default;
        }

        if (node is not JsonValue value || !value.TryGetValue<T>(out var taken))
            throw new ScenarioFormatException($"\"{name}\" is {node.ToJsonString()}, which is not what Elsa's definitions hold there.");
        json.Remove(name);
        return taken;
    }

    private static int? TakeInt(JsonObject json, string name) => Take<int?>(json, name);

    private static string? Text(JsonNode? json) => json is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

/// <summary>A text is not a scenario; the message says where.</summary>
public sealed class ScenarioFormatException(string message, Exception? inner = null) : Exception(message, inner);
