using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>
/// Reads a scenario from Elsa's JSON, in the shapes of older files too. What it does not know it keeps, and what it knows it
/// keeps as it was spelled, so that <see cref="ScenarioWriter"/> writes back what came.
/// </summary>
public static class ScenarioReader
{
    // A member that stands there twice would lose one of its two values.
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The scenario; throws <see cref="ScenarioFormatException"/> where the text is none.</summary>
    public static ScenarioDefinition Read(string json)
    {
        try
        {
            var root = JsonNode.Parse(json, null, Lenient) as JsonObject ?? throw new ScenarioFormatException("A scenario is a JSON object.");
            if (json.Contains("\\u", StringComparison.Ordinal))
                RefuseHalfCharacters(root);
            return Read(root);
        }
        catch (JsonException exception)
        {
            throw new ScenarioFormatException($"The text is not JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new ScenarioFormatException($"A member of the scenario has another type than Elsa's definitions give it: {exception.Message}", exception);
        }
    }

    // JSON can spell a text that no text is (half of a surrogate pair): it could not be written back.
    private static void RefuseHalfCharacters(JsonObject json)
    {
        try
        {
            json.ToJsonString();
        }
        catch (InvalidOperationException exception)
        {
            throw new ScenarioFormatException("A text of the scenario holds half a character.", exception);
        }
    }

    private static ScenarioDefinition Read(JsonObject source)
    {
        var json = (JsonObject)source.DeepClone();
        var asRead = new JsonObject();
        var root = json["root"] as JsonObject ?? throw new ScenarioFormatException("The scenario has no \"root\".");
        json.Remove("root");
        return new ScenarioDefinition
        {
            Id = Take<string>(json, "id", asRead) ?? "",
            DefinitionId = Take<string>(json, "definitionId", asRead) ?? "",
            Name = Take<string>(json, "name", asRead) ?? "",
            Description = Take<string>(json, "description", asRead),
            Version = Take<int?>(json, "version", asRead) ?? 1,
            IsLatest = Take<bool?>(json, "isLatest", asRead) ?? false,
            IsPublished = Take<bool?>(json, "isPublished", asRead) ?? false,
            Variables = TakeVariables(json, isOurs: true, owner: null),
            Root = ReadStep(root),
            Rest = json,
            AsRead = asRead,
        };
    }

    /// <summary>Whether an object under a step's property is a step, and no value, variable or input: those say their type otherwise, or by a type of values.</summary>
    internal static bool LooksLikeStep(JsonObject json) =>
        Text(json["type"]) is { } type && IsText(json["id"]) && !json.ContainsKey("typeName") && !json.ContainsKey("expression") && (json["value"] is null or JsonObject || IsActivityName(type));

    private static bool IsActivityName(string type) => type.Contains('.', StringComparison.Ordinal) && !type.StartsWith("System.", StringComparison.Ordinal);

    internal static StepDefinition ReadStep(JsonObject source)
    {
        var json = (JsonObject)source.DeepClone();
        var asRead = new JsonObject();
        var isOurs = Text(json["type"])?.StartsWith("Elsa.", StringComparison.Ordinal) == true;
        return new StepDefinition
        {
            Id = Take<string>(json, "id", asRead) ?? throw new ScenarioFormatException($"A step of type \"{source["type"]}\" has no \"id\"."),
            Type = Take<string>(json, "type", asRead) ?? throw new ScenarioFormatException($"The step \"{source["id"]}\" has no \"type\"."),
            // An activity that is not installed may mean something of its own by these: what is of another kind stays among its properties.
            Version = TakeWhereItIs<int?>(json, "version", asRead) ?? 1,
            Name = TakeWhereItIs<string>(json, "name", asRead),
            Start = TakeWhereItIs<string>(json, "start", asRead),
            Steps = TakeObjects(json, "activities", ReadStep, isOurs ? $"The step \"{source["id"]}\" holds something that is no step." : null, Text(source["id"])),
            Connections = TakeObjects(json, "connections", ReadConnection, isOurs ? $"The flowchart \"{source["id"]}\" holds a connection that is no object." : null, Text(source["id"])),
            Variables = TakeVariables(json, isOurs, Text(source["id"])),
            Properties = json,
            AsRead = asRead,
        };
    }

    internal static ConnectionDefinition ReadConnection(JsonObject source)
    {
        var json = (JsonObject)source.DeepClone();
        var asRead = new JsonObject();
        foreach (var name in (string[])["source", "target", "sourcePort", "targetPort"])
        {
            if (json.ContainsKey(name))
                asRead[name] = json[name]?.DeepClone();
        }

        if (source["source"] is JsonObject from && source["target"] is JsonObject to)
        {
            json.Remove("source");
            json.Remove("target");
            // Beside the ends of today's shape, the flat shape's ports mean nothing.
            asRead.Remove("sourcePort");
            asRead.Remove("targetPort");
            return new ConnectionDefinition
            {
                Source = Text(from["activity"]) ?? throw new ScenarioFormatException("A connection does not say which step it leaves."),
                SourcePort = Port(from) ?? "Done",
                Target = Text(to["activity"]) ?? throw new ScenarioFormatException("A connection does not say which step it reaches."),
                TargetPort = Port(to) ?? "In",
                Rest = json,
                AsRead = asRead,
            };
        }

        return new ConnectionDefinition
        {
            Source = Take<string>(json, "source") ?? throw new ScenarioFormatException("A connection does not say which step it leaves."),
            SourcePort = Take<string>(json, "sourcePort") ?? "Done",
            Target = Take<string>(json, "target") ?? throw new ScenarioFormatException("A connection does not say which step it reaches."),
            TargetPort = Take<string>(json, "targetPort") ?? "In",
            Rest = json,
            AsRead = asRead,
        };
    }

    private static string? Port(JsonObject end) => end["port"] is not { } port
        ? null
        : Text(port) ?? throw new ScenarioFormatException($"A connection at the step \"{end["activity"]}\" names the port {port.ToJsonString()}; a port is a text.");

    // None at all is written back in the words it came in: an empty list, null, or nothing.
    private static List<VariableDefinition> TakeVariables(JsonObject json, bool isOurs, string? owner) =>
        json["variables"] is JsonArray { Count: 0 } ? [] : TakeObjects(json, "variables", ReadVariable, isOurs ? "A variable is no object." : null, owner) ?? [];

    private static VariableDefinition ReadVariable(JsonObject source)
    {
        var json = (JsonObject)source.DeepClone();
        var asRead = new JsonObject();
        var name = Take<string>(json, "name", asRead) ?? throw new ScenarioFormatException("A variable has no \"name\".");
        if (json.ContainsKey("value"))
            asRead["value"] = json["value"]?.DeepClone();
        json.Remove("value");
        return new VariableDefinition
        {
            Id = Take<string>(json, "id", asRead) ?? name,
            Name = name,
            TypeName = Take<string>(json, "typeName", asRead) ?? "Object",
            IsArray = Take<bool?>(json, "isArray", asRead) ?? false,
            Value = asRead["value"]?.DeepClone(),
            Rest = json,
            AsRead = asRead,
        };
    }

    /// <summary>The items of a list of a step (the owner; null for the scenario); null where there is none. Where one is of another kind, that is wrong, or, where nobody says so, the list is not taken.</summary>
    private static List<T>? TakeObjects<T>(JsonObject json, string name, Func<JsonObject, T> read, string? otherwise, string? owner)
    {
        if (json[name] is not JsonArray items)
        {
            return json[name] is null || otherwise is null
                ? null
                : throw new ScenarioFormatException($"\"{name}\"{(owner is null ? "" : $" of \"{owner}\"")} is {(json[name] is JsonObject ? "an object" : json[name]!.ToJsonString())}; Elsa's definitions hold a list there.");
        }

        List<T> taken;
        try
        {
            taken = [.. items.Select(item => read(item as JsonObject ?? throw new ScenarioFormatException(otherwise ?? name)))];
        }
        catch (ScenarioFormatException) when (otherwise is null)
        {
            return null;
        }

        json.Remove(name);
        return taken;
    }

    private static T? TakeWhereItIs<T>(JsonObject json, string name, JsonObject asRead) =>
        json[name] is JsonValue value && value.TryGetValue<T>(out _) ? Take<T>(json, name, asRead) : default;

    private static T? Take<T>(JsonObject json, string name, JsonObject? asRead = null)
    {
        if (!json.ContainsKey(name))
            return default;
        var node = json[name];
        T? taken = default;
        if (node is not null && (node is not JsonValue value || !value.TryGetValue(out taken)))
            throw new ScenarioFormatException($"\"{name}\" is {node.ToJsonString()}, which is not what Elsa's definitions hold there.");
        if (asRead is not null)
            asRead[name] = node?.DeepClone();
        json.Remove(name);
        return taken;
    }

    internal static string? Text(JsonNode? json) => json is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool IsText(JsonNode? json) => Text(json) is not null;
}

/// <summary>A text is not a scenario; the message says where.</summary>
public sealed class ScenarioFormatException(string message, Exception? inner = null) : Exception(message, inner);
