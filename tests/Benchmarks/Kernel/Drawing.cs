using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Benchmarks.Kernel;

/// <summary>The scenarios that are run: drawn in a line of steps, each connected to the next.</summary>
internal static class Drawing
{
    public const string FiveStepsId = "five-steps";
    public const string WaitId = "wait";
    public const string DelayId = "delay";
    public const string WaitNodeId = "wait";
    public const string Begin = "begin";

    /// <summary>A trigger, then five steps with expressions: nothing waits.</summary>
    public static string FiveSteps { get; } = Scenario(
        FiveStepsId,
        Step("start", "Elsa.Event", ("eventName", "Literal", Begin)),
        Set("one", "amount", "int(input.amount) + 1"),
        Step("large", "Elsa.FlowDecision", ("condition", "CEL", "amount > 10")),
        Set("two", "text", "'invoice ' + input.number"),
        Set("three", "amount", "amount * 2"),
        Set("four", "text", "text + '!'"));

    /// <summary>A trigger, a step, a wait for an event of its own, a step.</summary>
    public static string Wait { get; } = Scenario(
        WaitId,
        Step("start", "Elsa.Event", ("eventName", "Literal", Begin)),
        Set("one", "text", "'invoice ' + input.number"),
        Step(WaitNodeId, "Elsa.Event", ("eventName", "CEL", "'go ' + input.number")),
        Set("two", "amount", "int(input.amount)"));

    /// <summary>A trigger, a wait for a day, a step.</summary>
    public static string Delay { get; } = Scenario(
        DelayId,
        Step("start", "Elsa.Event", ("eventName", "Literal", Begin)),
        Step(WaitNodeId, "Elsa.Delay", ("timeSpan", "Literal", "P1D")),
        Set("two", "amount", "int(input.amount)"));

    private static string Scenario(string id, params JsonObject[] steps)
    {
        var connections = new JsonArray();
        foreach (var (from, to) in steps.Zip(steps.Skip(1)))
        {
            connections.Add((JsonNode)new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = from["id"]!.GetValue<string>(), ["port"] = from["type"]!.GetValue<string>() == "Elsa.FlowDecision" ? "True" : "Done" },
                ["target"] = new JsonObject { ["activity"] = to["id"]!.GetValue<string>(), ["port"] = "In" },
            });
        }

        return new JsonObject
        {
            ["definitionId"] = id,
            ["name"] = id,
            ["variables"] = new JsonArray(Variable("amount", "Int32", 0), Variable("text", "String", "")),
            ["root"] = new JsonObject { ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["activities"] = new JsonArray([.. steps]), ["connections"] = connections },
        }.ToJsonString();
    }

    private static JsonObject Variable(string name, string type, JsonNode value) => new() { ["id"] = name, ["name"] = name, ["typeName"] = type, ["value"] = value };

    private static JsonObject Set(string id, string variable, string expression)
    {
        var step = Step(id, "Elsa.SetVariable", ("value", "CEL", expression));
        step["variable"] = new JsonObject { ["id"] = variable, ["name"] = variable };
        return step;
    }

    private static JsonObject Step(string id, string type, params (string Input, string Kind, string Value)[] inputs)
    {
        var step = new JsonObject { ["id"] = id, ["type"] = type, ["customProperties"] = new JsonObject { ["canStartWorkflow"] = id == "start" } };
        foreach (var (input, kind, value) in inputs)
        {
            step[input] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = kind, ["value"] = value } };
        }

        return step;
    }
}
