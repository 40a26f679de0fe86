using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>
/// Writes a scenario as Elsa's JSON. What was read and not changed is written as it came: members that were left out stay out,
/// nulls stay nulls, numbers keep their digits, older shapes stay as they are. Only the order of members may differ.
/// </summary>
public static class ScenarioWriter
{
    /// <summary>The JSON schema that Elsa's definitions name.</summary>
    public const string SchemaUri = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";

    /// <summary>The version of Elsa whose definitions these are.</summary>
    public const string ToolVersion = "3.7.1.0";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>The scenario as JSON text.</summary>
    public static string Write(ScenarioDefinition definition, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return ToJson(definition).ToJsonString(indented ? Indented : Compact);
    }

    private static JsonObject ToJson(ScenarioDefinition definition)
    {
        var json = new JsonObject();
        var asRead = definition.AsRead;
        if (asRead is null)
            json["$schema"] = SchemaUri;
        Put(json, asRead, "id", definition.Id, "");
        Put(json, asRead, "definitionId", definition.DefinitionId, "");
        Put(json, asRead, "name", definition.Name, "");
        Put(json, asRead, "description", definition.Description, null);
        Put(json, asRead, "version", definition.Version, 1);
        if (asRead is null)
            json["toolVersion"] = ToolVersion;
        if (definition.Variables.Count > 0 || asRead is null)
            json["variables"] = Array(definition.Variables, ToJson);
        Put(json, asRead, "isLatest", definition.IsLatest, false);
        Put(json, asRead, "isPublished", definition.IsPublished, false);
        PutRest(json, definition.Rest);
        json["root"] = ToJson(definition.Root, "Workflow1");
        return json;
    }

    /// <summary>A value as JSON text.</summary>
    internal static string Text(JsonNode? json) => json?.ToJsonString(Compact) ?? "null";

    internal static JsonObject ToJson(StepDefinition step, string path)
    {
        if (step.Wrapper is not { } wrapper)
            return ToPlainJson(step, path);
        // Elsa reads a step by itself as it reads its own placeholder for it: only what was changed is written so.
        var json = ToPlainJson(step, path);
        return JsonNode.DeepEquals(json, ScenarioReader.Unwrapped(wrapper)) ? (JsonObject)wrapper.DeepClone() : json;
    }

    private static JsonObject ToPlainJson(StepDefinition step, string path)
    {
        var json = new JsonObject();
        var asRead = step.AsRead;
        Put(json, asRead, "type", step.Type, null);
        Put(json, asRead, "version", step.Version, 1);
        Put(json, asRead, "id", step.Id, null);
        // Elsa counts node ids anew whenever it reads a definition: one that came stays, a step that was drawn or copied here gets its own.
        if (asRead is null || asRead["id"]?.GetValue<string>() != step.Id)
            json["nodeId"] = $"{path}:{step.Id}";
        Put(json, asRead, "name", step.Name, null);
        Put(json, asRead, "start", step.Start, null);
        if (step.Variables.Count > 0)
            json["variables"] = Array(step.Variables, ToJson);
        var inside = (json["nodeId"] ?? step.Properties["nodeId"]) is JsonValue node && node.TryGetValue<string>(out var nodeId) ? nodeId : $"{path}:{step.Id}";
        if (step.Steps is not null)
            json["activities"] = Array(step.Steps, child => ToJson(child, inside));
        if (step.Connections is not null)
            json["connections"] = Array(step.Connections, ToJson);
        PutRest(json, step.Properties);
        return json;
    }

    private static JsonObject ToJson(ConnectionDefinition connection)
    {
        var json = connection.AsRead is { } asRead && ScenarioReader.ReadConnection(asRead).LeadsLike(connection)
            ? (JsonObject)asRead.DeepClone()
            : new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = connection.Source, ["port"] = connection.SourcePort },
                ["target"] = new JsonObject { ["activity"] = connection.Target, ["port"] = connection.TargetPort },
            };
        PutRest(json, connection.Rest);
        return json;
    }

    private static JsonObject ToJson(VariableDefinition variable)
    {
        var json = new JsonObject();
        Put(json, variable.AsRead, "id", variable.Id, variable.Name);
        Put(json, variable.AsRead, "name", variable.Name, null);
        Put(json, variable.AsRead, "typeName", variable.TypeName, "Object");
        Put(json, variable.AsRead, "isArray", variable.IsArray, false);
        if (variable.Value is not null || variable.AsRead?.ContainsKey("value") == true)
            json["value"] = variable.Value?.DeepClone();
        PutRest(json, variable.Rest);
        return json;
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> write) => [.. items.Select(write)];

    /// <summary>
    /// A member as it was read (null, or left out, where the reader took what is usual), as long as nobody changed what it says.
    /// What was never read is written in full.
    /// </summary>
    private static void Put<T>(JsonObject json, JsonObject? asRead, string name, T value, T? usual)
    {
        var before = asRead?[name];
        var said = before is null ? usual : before.GetValue<T>();
        if (asRead is null || !EqualityComparer<T>.Default.Equals(said, value))
        {
            if (value is not null)
                json[name] = JsonValue.Create(value);
        }
        else if (asRead.ContainsKey(name))
        {
            json[name] = before?.DeepClone();
        }
    }

    private static void PutRest(JsonObject json, JsonObject rest)
    {
        foreach (var (name, value) in rest.Where(member => !json.ContainsKey(member.Key)))
            json[name] = value?.DeepClone();
    }
}
