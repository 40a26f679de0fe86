using System.Text;
using System.Text.Json;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>The named values that came with a start or a resume, a JSON object; read when first asked for.</summary>
internal sealed class CaseInput(ReadOnlyMemory<byte> json)
{
    private Dictionary<string, object?>? _values;

    /// <summary>Nothing came: not even a resume.</summary>
    public static CaseInput None { get; } = new(default);

    /// <summary>As it came: null for nothing; an object without members where the resume brought nothing.</summary>
    public string? Json => ReferenceEquals(this, None) ? null : json.Length > 0 ? Encoding.UTF8.GetString(json.Span) : "{}";

    public static CaseInput Of(string? json) => new(json is null ? default : Encoding.UTF8.GetBytes(json));

    /// <summary>The value of a name, however its letters are written; null where there is none.</summary>
    public object? Find(string name)
    {
        var values = All();
        if (values.TryGetValue(name, out var value))
            return value;
        foreach (var (other, given) in values)
        {
            if (string.Equals(other, name, StringComparison.OrdinalIgnoreCase))
                return given;
        }

        return null;
    }

    public Dictionary<string, object?> All()
    {
        if (_values is not null)
            return _values;
        var values = new Dictionary<string, object?>();
        if (json.Length > 0)
        {
            var reader = new Utf8JsonReader(json.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new FormatException("The input of a case must be a JSON object.");
            JsonFragment.ReadMembers(ref reader, json, values);
        }

        return _values = values;
    }

    /// <summary>All of it as one value.</summary>
    public JsonFragment Whole() => json.Length > 0 && All() is not null ? new JsonFragment(json) : JsonFragment.Empty;
}
