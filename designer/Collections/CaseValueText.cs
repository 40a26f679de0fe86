using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Collections;

/// <summary>How a person types a value of a case.</summary>
public enum ValueEditor
{
    /// <summary>As text.</summary>
    Text,

    /// <summary>As a number, the way the reader's language writes it.</summary>
    Number,

    /// <summary>Yes, no or empty.</summary>
    YesNo,

    /// <summary>In a date field.</summary>
    Day,

    /// <summary>In a field of date and time, on the merchant's clock.</summary>
    Moment,

    /// <summary>As a number and a unit.</summary>
    Duration,

    /// <summary>As JSON: a list, or values by name.</summary>
    Json,

    /// <summary>As JSON, or as the text it is.</summary>
    Any,
}

/// <summary>The values of a case as they are typed: each by its kind, in the reader's language, on the merchant's clock.</summary>
public static class CaseValueText
{
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>How a value is typed.</summary>
    public static ValueEditor EditorOf(CaseVariable variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable.TypeName switch
        {
            "String" or "Guid" or "Uri" or "TimeOnly" => ValueEditor.Text,
            "Byte" or "Int16" or "Int32" or "Int64" or "Single" or "Double" or "Decimal" => ValueEditor.Number,
            "Boolean" => ValueEditor.YesNo,
            "DateOnly" => ValueEditor.Day,
            "DateTime" or "DateTimeOffset" => ValueEditor.Moment,
            "TimeSpan" => IsCounted(variable) ? ValueEditor.Duration : ValueEditor.Text,
            "ObjectDictionary" or "StringDictionary" => ValueEditor.Json,
            var list when list.EndsWith("[]", StringComparison.Ordinal) => ValueEditor.Json,
            _ => ValueEditor.Any,
        };
    }

    /// <summary>A value that is there, as a person reads it.</summary>
    internal static string Shown(CaseVariable variable, IStringLocalizer<Phrases> say, Display show, TimeZoneInfo zone) => EditorOf(variable) switch
    {
        ValueEditor.YesNo => say[variable.ValueJson == "true" ? "shell.yes" : "shell.no"],
        ValueEditor.Day when DateOnly.TryParse(variable.ValueJson!.Trim('"'), CultureInfo.InvariantCulture, out var day) => show.Date(day),
        ValueEditor.Moment when DateTimeOffset.TryParse(variable.ValueJson!.Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => show.Instant(moment),
        _ => Write(variable, CultureInfo.CurrentCulture, zone),
    };

    /// <summary>The value as its editor shows it; empty where it has none.</summary>
    public static string Write(CaseVariable variable, CultureInfo culture, TimeZoneInfo zone)
    {
        if (variable?.ValueJson is not { } json)
        {
            return "";
        }

        using var parsed = JsonDocument.Parse(json);
        var value = parsed.RootElement;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : json;
        return EditorOf(variable) switch
        {
            ValueEditor.Number when value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) => NumberText.Write(number, culture),
            ValueEditor.Moment when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) =>
                TimeZoneInfo.ConvertTime(moment, zone).ToString(MomentFormat, CultureInfo.InvariantCulture),
            // A text that reads as something else stands in quotation marks.
            ValueEditor.Any when value.ValueKind == JsonValueKind.String && !(Read(ValueEditor.Any, text, culture, zone, out var again) is null && again.ValueKind == JsonValueKind.String && again.GetString() == text) => json,
            ValueEditor.Json => json,
            _ => text,
        };
    }

    /// <summary>Reads what was typed; answers the code of the rule it breaks, or null. Nothing typed is no value; for a text, an empty one.</summary>
    public static string? Read(ValueEditor editor, string text, CultureInfo culture, TimeZoneInfo zone, out JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(zone);
        var typed = text.Trim();
        value = JsonSerializer.SerializeToElement<object?>(null);
        if (editor == ValueEditor.Text)
        {
            value = JsonSerializer.SerializeToElement(text);
            return null;
        }

        if (typed.Length == 0)
        {
            return null;
        }

        switch (editor)
        {
            case ValueEditor.Number when NumberText.TryRead(typed, culture, out var number):
                value = JsonSerializer.SerializeToElement(number);
                return null;
            case ValueEditor.Number:
                return "number-unreadable";
            case ValueEditor.YesNo:
                value = JsonSerializer.SerializeToElement(typed == "true");
                return null;
            case ValueEditor.Moment when DateTime.TryParse(typed, CultureInfo.InvariantCulture, out var local):
                value = JsonSerializer.SerializeToElement(new DateTimeOffset(local, zone.GetUtcOffset(local)).UtcDateTime);
                return null;
            case ValueEditor.Day when DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                value = JsonSerializer.SerializeToElement(day);
                return null;
            case ValueEditor.Day or ValueEditor.Moment:
                return "date-unreadable";
            case ValueEditor.Duration:
                value = JsonSerializer.SerializeToElement(typed);
                return null;
            default:
                return ReadJson(editor, typed, ref value);
        }
    }

    private static string? ReadJson(ValueEditor editor, string typed, ref JsonElement value)
    {
        try
        {
            value = JsonSerializer.Deserialize<JsonElement>(typed);
            return null;
        }
        catch (JsonException)
        {
            // What begins like JSON was meant as JSON.
            if (editor == ValueEditor.Json || typed[0] is '[' or '{' or '"')
            {
                return "json-invalid";
            }

            value = JsonSerializer.SerializeToElement(typed);
            return null;
        }
    }

    // The field counts whole minutes from nothing on.
    private static bool IsCounted(CaseVariable variable) => variable.ValueJson is not { } json
        || (ValueConversion.TryReadDuration(json.Trim('"'), out var span) && span >= TimeSpan.Zero && span.Ticks % TimeSpan.TicksPerMinute == 0);
}
