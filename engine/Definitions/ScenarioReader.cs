using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>
/// Reads a scenario from Elsa's JSON, in the shapes of older files too. What it does not know it keeps, and what it knows it
/// keeps as it was spelled, so that <see cref="ScenarioWriter"/> writes back what came.
/// </summary>
public static class ScenarioReader
{
    /// <summary>How deep objects and lists may stand in each other. What walks a drawing goes down as many calls: the limit keeps a hostile one from ending the process.</summary>
    public const int MaxDepth = 64;

    /// <summary>What Elsa writes in the place of a step whose activity it does not know; the step stands in it as a text.</summary>
    internal const string ElsasPlaceholder = "Elsa.NotFoundActivity";

    private const string Original = "originalActivityJson";
    private const int MostCharacters = 60;

    // A member that stands there twice would lose one of its two values.
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The scenario; throws <see cref="ScenarioFormatException"/> where the text is none.</summary>
    public static ScenarioDefinition Read(string json)
    {
        try
        {
            // Editors put a mark before a text that says how it is encoded.
            var root = JsonNode.Parse(json.TrimStart('\uFEFF'), null, Lenient) as JsonObject ?? throw new ScenarioFormatException("A scenario is a JSON object.");
            if (json.Contains("\\u", StringComparison.Ordinal))
                RefuseHalfCharacters(root);
            var definition = Read(root);
            // Steps in ports are read when they are asked for: what is wrong with one is said now, not to whoever looks at it.
            foreach (var _ in definition.AllSteps())
            {
            }

            return definition;
        }
        catch (JsonException exception)
        {
            if (IsTooDeep(json))
                throw new ScenarioFormatException($"Objects and lists stand in each other more than {MaxDepth} levels deep.", exception) { Problem = Problem(ProblemCodes.TooDeep, null, null, $"{MaxDepth}") };
            throw new ScenarioFormatException($"The text is not JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new ScenarioFormatException($"A member of the scenario has another type than Elsa's definitions give it: {exception.Message}", exception);
        }
    }

    /// <summary>The scenario; null where the text is none, or is one no more: pages show what there is beside it.</summary>
    public static ScenarioDefinition? ReadOrNull(string json)
    {
        try
        {
            return Read(json);
        }
        catch (ScenarioFormatException)
        {
            return null;
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

    private static bool IsTooDeep(string json)
    {
        var (depth, inText) = (0, false);
        for (var at = 0; at < json.Length && depth <= MaxDepth; at++)
        {
            if (inText && json[at] == '\\')
                at++;
            else if (json[at] == '"')
                inText = !inText;
            else if (!inText && json[at] is '{' or '[')
                depth++;
            else if (!inText && json[at] is '}' or ']')
                depth--;
        }

        return depth > MaxDepth;
    }

    private static ScenarioDefinition Read(JsonObject source)
    {
        var json = (JsonObject)source.DeepClone();
        var asRead = new JsonObject();
        var root = json["root"] switch
        {
            JsonObject step => step,
            null => throw new ScenarioFormatException("The scenario has no \"root\"."),
            var other => throw Misfit("root", other, "map", null),
        };
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
            Variables = TakeVariables(json, null, isOurs: true),
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
        if (Unwrapped(source) is { } original)
            return ReadStep(original) with { Wrapper = (JsonObject)source.DeepClone() };
        var json = (JsonObject)source.DeepClone();
        var asRead = new JsonObject();
        var id = Take<string>(json, "id", asRead) is { Length: > 0 } own ? own : throw new ScenarioFormatException($"A step of type \"{source["type"]}\" has no \"id\".");
        var isOurs = Text(json["type"])?.StartsWith("Elsa.", StringComparison.Ordinal) == true;
        return new StepDefinition
        {
            Id = id,
            Type = Take<string>(json, "type", asRead) ?? throw new ScenarioFormatException($"The step \"{source["id"]}\" has no \"type\"."),
            // An activity that is not installed may mean something of its own by these: what is of another kind stays among its properties.
            Version = TakeWhereItIs<int?>(json, "version", asRead) ?? 1,
            Name = TakeWhereItIs<string>(json, "name", asRead),
            Start = TakeWhereItIs<string>(json, "start", asRead),
            Steps = TakeObjects(json, "activities", id, ReadStep, isOurs ? $"The step \"{id}\" holds something that is no step." : null),
            Connections = TakeObjects(json, "connections", id, connection => ReadConnection(connection, id), isOurs ? $"The flowchart \"{id}\" holds a connection that is no object." : null),
            Variables = TakeVariables(json, id, isOurs),
            Properties = json,
            AsRead = asRead,
        };
    }

    /// <summary>The step that Elsa's placeholder stands for, as Elsa itself reads it; null for any other step, and for a placeholder that does not hold it.</summary>
    internal static JsonObject? Unwrapped(JsonObject step)
    {
        if (Text(step["type"]) != ElsasPlaceholder || Text(step[Original]) is not { } text)
            return null;
        try
        {
            var original = JsonNode.Parse(text, null, Lenient) as JsonObject;
            if (Text(original?["type"]) is not { Length: > 0 } || Text(original?["id"]) != Text(step["id"]))
                return null;
            RefuseHalfCharacters(original!);
            return original;
        }
        catch (Exception exception) when (exception is JsonException or ScenarioFormatException)
        {
            return null;
        }
    }

    /// <param name="source">The connection.</param>
    /// <param name="flow">The flowchart it is drawn in; null where nobody asks.</param>
    internal static ConnectionDefinition ReadConnection(JsonObject source, string? flow = null)
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
                SourcePort = Port(from, flow) ?? "Done",
                Target = Text(to["activity"]) ?? throw new ScenarioFormatException("A connection does not say which step it reaches."),
                TargetPort = Port(to, flow) ?? "In",
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

    private static string? Port(JsonObject end, string? flow) =>
        end["port"] is not { } port || Text(port) is not null ? Text(end["port"]) : throw Misfit("port", port, "string", flow);

    // None at all is written back in the words it came in: an empty list, null, or nothing.
    private static List<VariableDefinition> TakeVariables(JsonObject json, string? step, bool isOurs) =>
        json["variables"] is JsonArray { Count: 0 } ? [] : TakeObjects(json, "variables", step, ReadVariable, isOurs ? "A variable is no object." : null) ?? [];

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

    /// <summary>The items of a list; null where there is none. Where one is of another kind, that is wrong, or, where nobody says so, the list is not taken.</summary>
    private static List<T>? TakeObjects<T>(JsonObject json, string name, string? step, Func<JsonObject, T> read, string? otherwise)
    {
        if (json[name] is not JsonArray items)
        {
            // A setting of an activity of Elsa's that is not installed may be called so.
            return json[name] is not { } other || otherwise is null || (other is JsonObject input && input.ContainsKey("expression")) ? null : throw Misfit(name, other, "list", step);
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
            throw Misfit(name, node, typeof(T) == typeof(string) ? "string" : typeof(T) == typeof(bool?) ? "bool" : "int", null);
        if (asRead is not null)
            asRead[name] = node?.DeepClone();
        json.Remove(name);
        return taken;
    }

    /// <summary>A value as a sentence shows it: its JSON, cut where it is long.</summary>
    internal static string Shown(JsonNode? json)
    {
        var written = ScenarioWriter.Text(json);
        return written.Length <= MostCharacters ? written : written[..(MostCharacters - (char.IsHighSurrogate(written[MostCharacters - 1]) ? 1 : 0))] + "…";
    }

    private static ScenarioFormatException Misfit(string name, JsonNode found, string wanted, string? step) =>
        new($"\"{name}\"{(step is null ? "" : $" of \"{step}\"")} is {(found is JsonObject ? "an object" : Shown(found))}; Elsa's definitions hold a {(wanted is "list" or "string" ? wanted : "value of another kind")} there.") { Problem = Problem(ProblemCodes.Member, step, name, name, Shown(found), wanted) };

    private static DefinitionProblem Problem(string code, string? step, string? member, params string[] arguments) => new(ProblemSeverity.Error, code, step, member, arguments);

    internal static string? Text(JsonNode? json) => json is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool IsText(JsonNode? json) => Text(json) is not null;
}

/// <summary>A text is not a scenario; the message says where.</summary>
public sealed class ScenarioFormatException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The same for whoever brought the text: the step and the member, where those are known.</summary>
    public DefinitionProblem Problem { get; init; } = new(ProblemSeverity.Error, ProblemCodes.Unreadable, null, null, [message]);
}
