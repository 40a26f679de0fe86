using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Tests;

/// <summary>Draws scenarios in a few words: steps as "id:Type", connections as "from.Port>to".</summary>
public sealed class Draw(string name)
{
    private readonly JsonArray _steps = [];
    private readonly JsonArray _connections = [];
    private readonly JsonArray _variables = [];
    private readonly JsonArray _inputs = [];

    public static Draw Scenario(string name) => new Draw(name).Step("start", "Elsa.Event", ("eventName", "Literal", "Start"));

    public Draw Step(string id, string type, params (string Input, string Kind, object? Value)[] inputs)
    {
        var step = new JsonObject { ["id"] = id, ["type"] = type, ["customProperties"] = new JsonObject { ["canStartWorkflow"] = id == "start" } };
        foreach (var (input, kind, value) in inputs)
            step[input] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = kind, ["value"] = JsonSerializer.SerializeToNode(value) } };
        _steps.Add((JsonNode)step);
        return this;
    }

    public Draw Raw(string json)
    {
        _steps.Add(JsonNode.Parse(json));
        return this;
    }

    public Draw Variable(string variable, string type, object? value = null)
    {
        _variables.Add((JsonNode)new JsonObject { ["id"] = "id-" + variable, ["name"] = variable, ["typeName"] = type, ["value"] = JsonSerializer.SerializeToNode(value) });
        return this;
    }

    /// <summary>Declares what a case receives.</summary>
    public Draw Input(string input, string type)
    {
        _inputs.Add((JsonNode)new JsonObject { ["name"] = input, ["type"] = type });
        return this;
    }

    /// <summary>Connections such as "start>a", "a.True>b".</summary>
    public Draw Connect(params string[] connections)
    {
        foreach (var connection in connections)
        {
            var ends = connection.Split('>');
            var source = ends[0].Split('.', 2);
            _connections.Add((JsonNode)new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
                ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
            });
        }

        return this;
    }

    public string Json => Written().ToJsonString();

    private JsonObject Written()
    {
        var json = new JsonObject
        {
            ["definitionId"] = name,
            ["name"] = name,
            ["variables"] = _variables.DeepClone(),
            ["root"] = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["activities"] = _steps.DeepClone(), ["connections"] = _connections.DeepClone() },
        };
        if (_inputs.Count > 0)
            json["inputs"] = _inputs.DeepClone();
        return json;
    }
}
