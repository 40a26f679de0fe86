using System.Text.Json;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>A stored value nobody has asked for yet: JSON that is read when a type is known.</summary>
internal sealed class JsonFragment(ReadOnlyMemory<byte> utf8)
{
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    public object? Read(Type type) => JsonSerializer.Deserialize(Utf8.Span, type, EngineJson.Options);

    public JsonElement Element()
    {
        var reader = new Utf8JsonReader(Utf8.Span);
        return JsonElement.ParseValue(ref reader);
    }
}
