using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>How an input of a step is filled in.</summary>
/// <param name="TypeName">The alias of its type, as written; null where the definition holds a bare value.</param>
/// <param name="Expression">How its value is got.</param>
public sealed record InputDefinition(string? TypeName, Expression Expression)
{
    /// <summary>
    /// Reads an input: wrapped <c>{typeName, expression}</c>, an expression alone, or a bare value (a literal). Null for
    /// null, and for an object that is none of these. A legacy <c>memoryReference</c> is passed over.
    /// </summary>
    public static InputDefinition? Read(JsonNode? json)
    {
        switch (json)
        {
            case null:
                return null;
            case JsonObject wrapped when wrapped["expression"] is JsonObject expression:
                return new InputDefinition(ScenarioReader.Text(wrapped["typeName"]), ReadExpression(expression));
            case JsonObject wrapped when wrapped.ContainsKey("typeName"):
                return null;
            case JsonObject expression when expression["type"] is JsonValue && expression.ContainsKey("value") && expression.Count <= 2:
                return new InputDefinition(null, ReadExpression(expression));
            case JsonObject:
                return null;
            case JsonArray array:
                return new InputDefinition(null, new Expression("Object", array.ToJsonString()));
            default:
                return new InputDefinition(null, new Expression("Literal", Plain(json)));
        }
    }

    /// <summary>The input as a definition writes it.</summary>
    public static JsonObject Write(string typeName, Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return new JsonObject
        {
            ["typeName"] = typeName,
            ["expression"] = new JsonObject { ["type"] = expression.Type, ["value"] = ToNode(expression.Value) },
        };
    }

    private static Expression ReadExpression(JsonObject expression)
    {
        var type = ScenarioReader.Text(expression["type"]) ?? "Literal";
        if (type.Equals("Json", StringComparison.OrdinalIgnoreCase))
            type = "Object";
        return new Expression(type, Plain(expression["value"]));
    }

    private static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        JsonElement element => JsonSerializer.SerializeToNode(element),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), Expressions.EngineJson.Options),
    };

    private static object? Plain(JsonNode? json)
    {
        if (json is not JsonValue value)
            return json is null ? null : JsonSerializer.SerializeToElement(json);
        return value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Null => null,
            _ => JsonSerializer.SerializeToElement(value),
        };
    }
}
