using System.Text.Json;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>Turns an expression of a definition into one that can be evaluated; what is wrong with it is kept until it is.</summary>
internal sealed class ExpressionCompiler(FunctionRegistry registry)
{
    /// <summary>The kinds of expressions that can run here.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["Literal", "Object", "Variable", "Input", "CEL", "Handlebars"];

    public CompiledExpression Compile(Expression expression, Type type, Func<string, string?> variableId, RootPaths paths, TextEncoding encoding)
    {
        try
        {
            return expression.Type.ToUpperInvariant() switch
            {
                "LITERAL" => new ConstantExpression(ValueConversion.To(expression.Value, type)),
                "OBJECT" => new ConstantExpression(ReadObject(expression.Value, type)),
                "VARIABLE" => VariableNamed(expression.Value, variableId),
                "INPUT" => new InputExpression(Named(expression.Value, "name") ?? throw new FormatException("The expression names no input.")),
                "CEL" => CelExpression.Parse(TextOf(expression.Value), registry, variableId, paths),
                "HANDLEBARS" => new TextExpression(TextOf(expression.Value), TextTemplate.Compile(TextOf(expression.Value), encoding), variableId, registry),
                _ => new FailingExpression(new ExpressionProblem($"Expressions of the kind {expression.Type} cannot run here; use {string.Join(", ", Kinds)}.") { UnsupportedSyntax = expression.Type }),
            };
        }
        catch (ExpressionException exception)
        {
            return new FailingExpression(exception.Problem);
        }
        catch (FormatException exception)
        {
            return Fail(exception.Message);
        }
        catch (JsonException exception)
        {
            return Fail($"The value is not JSON: {exception.Message}");
        }
    }

    private static CompiledExpression VariableNamed(object? value, Func<string, string?> variableId)
    {
        if (value is Variable variable)
            return new VariableExpression(variable.Id);
        var id = Named(value, "id") ?? Named(value, "name") ?? throw new FormatException("The expression names no variable.");
        return variableId(id) is { } known ? new VariableExpression(known) : Fail($"The scenario has no variable {Named(value, "name") ?? id}.");
    }

    private static object? ReadObject(object? value, Type type) => value switch
    {
        string text when text.Length > 0 => ValueConversion.To(JsonSerializer.Deserialize<JsonElement>(text), type),
        string => null,
        _ => ValueConversion.To(value, type),
    };

    /// <summary>A name that stands alone, or as a member of an object, or of an object written as text.</summary>
    private static string? Named(object? value, string member)
    {
        if (value is string text)
        {
            if (!text.TrimStart().StartsWith('{'))
                return text;
            value = JsonSerializer.Deserialize<JsonElement>(text);
        }

        return value is JsonElement { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(member, out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
    }

    private static string TextOf(object? value) => ValueConversion.To<string>(value) ?? "";

    private static FailingExpression Fail(string message) => new(new ExpressionProblem(message));
}
