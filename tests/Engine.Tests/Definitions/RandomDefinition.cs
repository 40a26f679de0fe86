using System.Text.Json.Nodes;

namespace CentralPay.Workflows.Engine.Tests.Definitions;

/// <summary>Makes definitions as other tools and older versions of Elsa write them: every shape, and members nobody here knows.</summary>
public sealed class RandomDefinition(Random random)
{
    private static readonly string[] Numbers = ["1", "1.0", "0.10", "-12.50", "1e3", "123456789012345678901234567890.123456789", "9007199254740993", "-0"];
    private static readonly string[] Types = ["Elsa.Flowchart", "Elsa.Sequence", "Elsa.Delay", "Elsa.Event", "Elsa.Switch", "Elsa.Http.HttpEndpoint", "Acme.Unknown", "Test.Ask"];
    private static readonly string[] Syntaxes = ["Literal", "Object", "Json", "Variable", "Input", "JavaScript", "Liquid", "CSharp", "Python", "Secret", "CEL", "Handlebars"];
    private int _count;

    public string Json()
    {
        var json = new JsonObject { ["root"] = Step(3) };
        Maybe(json, "$schema", () => "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json");
        Maybe(json, "id", () => Text());
        Maybe(json, "definitionId", () => $"scenario-{random.Next(1000)}");
        Maybe(json, "name", () => Text());
        MaybeNull(json, "description", () => Text());
        MaybeNull(json, "version", () => random.Next(1, 9));
        Maybe(json, "toolVersion", () => "3.5.2.0");
        Maybe(json, "createdAt", () => "2025-01-05T09:00:00.1234567+02:00");
        MaybeNull(json, "isLatest", () => random.Next(2) == 0);
        MaybeNull(json, "isPublished", () => random.Next(2) == 0);
        MaybeNull(json, "variables", () => List(Variable));
        MaybeNull(json, "inputs", () => List(Anything));
        MaybeNull(json, "outputs", () => List(Anything));
        MaybeNull(json, "outcomes", () => List(() => Text()));
        MaybeNull(json, "options", () => Anything(2));
        Strangers(json);
        return json.ToJsonString();
    }

    private JsonObject Step(int depth)
    {
        var json = new JsonObject { ["id"] = $"s{_count++}", ["type"] = Types[random.Next(Types.Length)] };
        MaybeNull(json, "version", () => random.Next(1, 4));
        MaybeNull(json, "name", () => Text());
        Maybe(json, "nodeId", () => $"Workflow:{json["id"]}");
        MaybeNull(json, "start", () => random.Next(3) == 0 ? Anything(1) : Text());
        MaybeNull(json, "metadata", () => new JsonObject { ["displayText"] = Text(), ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = Number(), ["y"] = Number() }, ["mark"] = Anything(1) } });
        MaybeNull(json, "customProperties", () => new JsonObject { ["canStartWorkflow"] = random.Next(2) == 0, ["note"] = Anything(1), ["look"] = new JsonObject { ["id"] = "a", ["type"] = "b" } });
        MaybeNull(json, "variables", () => List(Variable));
        for (var more = random.Next(4); more > 0; more--)
            json[$"setting{more}"] = Setting();
        if (depth > 0)
        {
            Maybe(json, "body", () => Step(depth - 1));
            MaybeNull(json, "activities", () => List(() => Step(depth - 1)));
            MaybeNull(json, "connections", () => List(Connection));
        }

        Strangers(json);
        return json;
    }

    private JsonNode? Setting() => random.Next(7) switch
    {
        0 => Text(),
        1 => Number(),
        2 => null,
        3 => new JsonObject { ["typeName"] = "String", ["memoryReference"] = new JsonObject { ["id"] = Text() } },
        4 => Anything(2),
        _ => Input(),
    };

    private JsonObject Input()
    {
        var json = new JsonObject { ["typeName"] = "Decimal", ["expression"] = new JsonObject { ["type"] = Syntaxes[random.Next(Syntaxes.Length)], ["value"] = Anything(1) } };
        Maybe(json, "memoryReference", () => new JsonObject { ["id"] = Text() });
        Strangers(json);
        return json;
    }

    private JsonObject Connection()
    {
        JsonObject json;
        if (random.Next(3) == 0)
        {
            json = new JsonObject { ["source"] = "a", ["target"] = "b" };
            MaybeNull(json, "sourcePort", () => "Done");
            MaybeNull(json, "targetPort", () => Text());
        }
        else
        {
            json = new JsonObject { ["source"] = End(), ["target"] = End() };
            Maybe(json, "vertices", () => List(() => new JsonObject { ["x"] = Number(), ["y"] = Number() }));
        }

        Strangers(json);
        return json;
    }

    private JsonObject End()
    {
        var json = new JsonObject { ["activity"] = Text() };
        MaybeNull(json, "port", () => Text());
        Strangers(json);
        return json;
    }

    private JsonObject Variable()
    {
        var json = new JsonObject { ["name"] = Text() };
        Maybe(json, "id", () => Text());
        MaybeNull(json, "typeName", () => "Decimal");
        MaybeNull(json, "isArray", () => random.Next(2) == 0);
        MaybeNull(json, "value", () => Anything(1));
        Strangers(json);
        return json;
    }

    private JsonNode? Anything() => Anything(2);

    private JsonNode? Anything(int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 or 3 => Number(),
        4 => Text(),
        5 => List(() => Anything(depth - 1)),
        _ => new JsonObject { [Text()] = Anything(depth - 1), ["b"] = Anything(depth - 1) },
    };

    private JsonArray List(Func<JsonNode?> item) => new([.. Enumerable.Range(0, random.Next(4)).Select(_ => item())]);

    private JsonNode Number() => JsonNode.Parse(Numbers[random.Next(Numbers.Length)])!;

    private string Text() => $"{"éa\"\\\n€<"[random.Next(7)]}{random.Next(100)}";

    private void Strangers(JsonObject json) => Maybe(json, $"x-{random.Next(9)}", () => Anything(2));

    private void Maybe(JsonObject json, string name, Func<JsonNode?> value)
    {
        if (random.Next(2) == 0)
            json[name] = value();
    }

    private void MaybeNull(JsonObject json, string name, Func<JsonNode?> value) => Maybe(json, name, () => random.Next(4) == 0 ? null : value());
}
