using System.Text;
using System.Text.Json;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>The named values that came with a start or a resume; read from their JSON when first asked for.</summary>
internal sealed class ResumeInput
{
    private ReadOnlyMemory<byte> _json;
    private Dictionary<string, object?>? _values;

    public static ResumeInput From(ReadOnlyMemory<byte> json) => new() { _json = json };

    public void Set(string? json)
    {
        _json = json is null ? default : Encoding.UTF8.GetBytes(json);
        _values = null;
    }

    public object? Find(string name) => All().GetValueOrDefault(name);

    public IReadOnlyDictionary<string, object?> All()
    {
        if (_values is not null)
            return _values;
        _values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (_json.Length == 0)
            return _values;
        var reader = new Utf8JsonReader(_json.Span);
        var root = JsonElement.ParseValue(ref reader);
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("The input of a case must be a JSON object.");
        foreach (var member in root.EnumerateObject())
            _values[member.Name] = member.Value;
        return _values;
    }
}
