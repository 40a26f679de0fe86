using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>Writes a scenario as Elsa's JSON, with everything it was read with.</summary>
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
        var json = new JsonObject
        {
            ["$schema"] = SchemaUri,
            ["id"] = definition.Id,
            ["definitionId"] = definition.DefinitionId,
            ["name"] = definition.Name,
        };
        if (definition.Description is not null)
            json["description"] = definition.Description;
        json["version"] = definition.Version;
        json["toolVersion"] = ToolVersion;
        json["variables"] = new JsonArray([.. definition.Variables.Select(ToJson)]);
        json["isLatest"] = definition.IsLatest;
        json["isPublished"] = definition.IsPublished;
        Overlay(json, definition.Rest);
        json["root"] = ToJson(definition.Root, "Workflow1");
        return json;
    }

    private static JsonObject ToJson(StepDefinition step, string path)
    {
        var nodeId = $"{path}:{step.Id}";
        var json = new JsonObject { ["type"] = step.Type, ["version"] = step.Version, ["id"] = step.Id, ["nodeId"] = nodeId };
        if (step.Name is not null)
            json["name"] = step.Name;
        foreach (var (name, value) in step.Properties)
        {
            if (name != "nodeId")
                json[name] = value is JsonObject child && ScenarioReader.LooksLikeStep(child) ? ToJson(ScenarioReader.ReadStep(child), nodeId) : value?.DeepClone();
        }

        if (step.Start is not null)
            json["start"] = step.Start;
        if (step.Variables.Count > 0)
            json["variables"] = new JsonArray([.. step.Variables.Select(ToJson)]);
        if (step.Steps is not null)
            json["activities"] = new JsonArray([.. step.Steps.Select(child => ToJson(child, nodeId))]);
        if (step.Connections is not null)
            json["connections"] = new JsonArray([.. step.Connections.Select(ToJson)]);
        return json;
    }

    private static JsonNode ToJson(ConnectionDefinition connection)
    {
        var json = new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = connection.Source, ["port"] = connection.SourcePort },
            ["target"] = new JsonObject { ["activity"] = connection.Target, ["port"] = connection.TargetPort },
        };
        Overlay(json, connection.Rest);
        return json;
    }

    private static JsonNode ToJson(VariableDefinition variable)
    {
        var json = new JsonObject
        {
            ["id"] = variable.Id,
            ["name"] = variable.Name,
            ["typeName"] = variable.TypeName,
            ["isArray"] = variable.IsArray,
        };
        if (variable.Value is not null)
            json["value"] = variable.Value.DeepClone();
        Overlay(json, variable.Rest);
        return json;
    }

    private static void Overlay(JsonObject json, JsonObject rest)
    {
        foreach (var (name, value) in rest)
            json[name] = value?.DeepClone();
    }

}
