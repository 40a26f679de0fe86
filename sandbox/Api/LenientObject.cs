using System.Globalization;
using System.Text.Json;

namespace CentralPay.Workflows.Sandbox.Api;

/// <summary>A JSON object sent as text. Quotes may be missing around names and values, as one client in production sends it: <c>{amount:1000, email:a@b.fr}</c>.</summary>
public static class LenientObject
{
    /// <summary>Its fields as text; null when the text is no object at all.</summary>
    public static Dictionary<string, string>? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind != JsonValueKind.Object ? null : document.RootElement.EnumerateObject()
                .Where(field => field.Value.ValueKind != JsonValueKind.Null)
                .ToDictionary(field => field.Name, field => field.Value.ToString(), StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return ReadUnquoted(text.Trim());
        }
        catch (ArgumentException)
        {
            return null; // The same name twice.
        }
    }

    public static long? Cents(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cents) ? cents : null;

    private static Dictionary<string, string>? ReadUnquoted(string text)
    {
        if (text is not ['{', .. var inside, '}']) return null;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in inside.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !fields.TryAdd(Bare(pair[..colon]), Bare(pair[(colon + 1)..]))) return null;
        }
        return fields;
    }

    private static string Bare(string text) => text.Trim().Trim('"', '\'');
}
