using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>A step with its settings as a sentence: "Wait 7 days for the payment".</summary>
public sealed partial class StepSentence(IStringLocalizer<Phrases> say)
{
    /// <summary>The sentence; where nobody worded it, what the activity says of itself.</summary>
    public string Of(StepDefinition step, ActivityDescriptor? descriptor)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (descriptor is null)
        {
            return say["scenario.unknownStep", step.Type];
        }

        var worded = say[$"step.{step.Type}"];
        if (worded.ResourceNotFound)
        {
            return descriptor.Description ?? "";
        }

        var inputs = descriptor.Inputs.ToDictionary(input => input.Name, StringComparer.OrdinalIgnoreCase);
        return Place().Replace(worded.Value, place =>
            inputs.TryGetValue(place.Groups[1].Value, out var input) ? ValueOf(step.Input(input.Name)?.Expression, input) : "");
    }

    /// <summary>A setting's value in the reader's language; a formula as such.</summary>
    public string ValueOf(Expression? expression, InputDescriptor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (expression is { Type: not "Literal" and not "Handlebars" })
        {
            return say["scenario.formula"];
        }

        var text = TextOf(expression?.Value ?? input.DefaultValue);
        if (string.IsNullOrWhiteSpace(text))
        {
            return say["scenario.notSet"];
        }

        return input.UIHint switch
        {
            "duration" when ValueConversion.TryReadDuration(text, out var span) => Duration(span),
            "template-picker" => say.Code("template", text, text),
            "checkbox" => say[string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) ? "shell.yes" : "shell.no"],
            _ => input.Options.FirstOrDefault(option => option.Value == text) is { } option ? say.Option(option) : text,
        };
    }

    /// <summary>"7 days", "36 hours", "15 minutes": in the largest unit that says it whole.</summary>
    public string Duration(TimeSpan span) => DurationParts.Of(span) switch
    {
        (0, _) => say["duration.none"],
        var (count, unit) => say.Count($"duration.{unit}", count),
    };

    /// <summary>A literal as text.</summary>
    public static string? TextOf(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
        JsonElement { ValueKind: JsonValueKind.Null } => null,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}

/// <summary>A length of time as people write it: a number and a unit.</summary>
public static class DurationParts
{
    /// <summary>The units, from the smallest, with their length in minutes.</summary>
    public static IReadOnlyList<(string Unit, int Minutes)> Units { get; } = [("minutes", 1), ("hours", 60), ("days", 1440), ("weeks", 10080)];

    /// <summary>The number and unit; weeks are kept as days, which is how people name limits.</summary>
    public static (long Count, string Unit) Of(TimeSpan span)
    {
        var minutes = (long)span.TotalMinutes;
        var (unit, length) = Units.Take(3).Last(each => minutes % each.Minutes == 0 || each.Minutes == 1);
        return (minutes / length, unit);
    }

    /// <summary>The length of time of a number of units.</summary>
    public static TimeSpan From(long count, string unit) => TimeSpan.FromMinutes(count * Units.First(each => each.Unit == unit).Minutes);
}
