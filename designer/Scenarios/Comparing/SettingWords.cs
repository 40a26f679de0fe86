using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios.Comparing;

/// <summary>The settings of steps as their readers know them: by their label in the form, with the value the form shows.</summary>
public sealed class SettingWords(ActivityRegistry activities, StepSentence sentences, IStringLocalizer<Phrases> say)
{
    private const int MostCharacters = 90;

    /// <summary>The label of a setting; its name in definitions where the activity has none of that name.</summary>
    public string NameOf(StepDefinition step, string setting)
    {
        ArgumentNullException.ThrowIfNull(step);
        var descriptor = activities.Describe(step.Type, CultureInfo.CurrentUICulture);
        return descriptor?.Inputs.FirstOrDefault(each => each.Name == setting)?.DisplayName
            ?? descriptor?.Outputs.FirstOrDefault(each => each.Name == setting)?.DisplayName
            ?? setting;
    }

    /// <summary>Whether a setting's values are nobody's to read.</summary>
    public bool IsSecret(StepDefinition step, string setting) => InputOf(step, setting)?.IsSensitive == true;

    /// <summary>The value of a setting in the reader's language; what it is by itself where it is not filled in.</summary>
    /// <param name="step">The step.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="value">How it is filled in; null for not.</param>
    /// <param name="definition">The drawing, whose values a setting may name.</param>
    public string ValueOf(StepDefinition step, string setting, JsonNode? value, ScenarioDefinition definition)
    {
        var input = InputOf(step, setting);
        if (value is null)
        {
            return input?.DefaultValue is null ? say["change.nothing"] : say["change.byItself", sentences.ValueOf(null, input)];
        }

        if (value is JsonObject output && !output.ContainsKey("expression") && output["memoryReference"] is JsonObject variable)
        {
            return VariableOf(variable["id"]?.ToString(), definition);
        }

        return Short(InputDefinition.Read(value) is { } filled ? ValueOf(filled.Expression, input, definition) : PlainOf(value));
    }

    /// <summary>Plain data as it is written.</summary>
    public static string PlainOf(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text => text.ToString(),
        JsonArray cases when cases.Count > 0 && cases.All(each => each is JsonObject named && named["label"] is not null) =>
            string.Join(", ", cases.Select(each => $"{each!["label"]}: {InputDefinition.Read(each["condition"])?.Expression.Value}")),
        _ => value.ToJsonString(Readable),
    };

    /// <summary>A text as far as a line holds it.</summary>
    public static string Short(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MostCharacters ? line : $"{line[..MostCharacters].TrimEnd()}…";
    }

    private static JsonSerializerOptions Readable { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private InputDescriptor? InputOf(StepDefinition step, string setting) =>
        activities.Describe(step.Type, CultureInfo.CurrentUICulture)?.Inputs.FirstOrDefault(each => each.Name == setting);

    private string ValueOf(Expression expression, InputDescriptor? input, ScenarioDefinition definition)
    {
        var text = StepSentence.TextOf(expression.Value);
        return expression.Type switch
        {
            "Literal" or "Handlebars" when input is not null => sentences.ValueOf(expression, input),
            "Variable" => VariableOf(NamedIn(text), definition),
            "Object" when text is not null && ListOf(text) is { } items => string.Join(", ", items),
            _ => string.IsNullOrWhiteSpace(text) ? say["change.nothing"] : text,
        };
    }

    private static string VariableOf(string? reference, ScenarioDefinition definition) =>
        definition.Variables.FirstOrDefault(each => each.Id == reference)?.Name ?? reference ?? "";

    // A variable is named by its id, or by an object that holds it, written as text.
    private static string? NamedIn(string? text)
    {
        try
        {
            return text is not null && text.TrimStart().StartsWith('{') ? JsonNode.Parse(text)?["id"]?.ToString() ?? text : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string[]? ListOf(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
