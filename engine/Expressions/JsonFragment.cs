using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>A stored value nobody has asked for yet: JSON that is read when a type is known.</summary>
internal sealed class JsonFragment(ReadOnlyMemory<byte> utf8)
{
    /// <summary>An object without members.</summary>
    public static JsonFragment Empty { get; } = new("{}"u8.ToArray());

    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    public JsonElement Element()
    {
        var reader = new Utf8JsonReader(Utf8.Span);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Whether it is a whole number of 64 bits, and which.</summary>
    public bool TryGetWhole(out long number) => Utf8Parser.TryParse(Utf8.Span, out number, out var read) && read == Utf8.Length;

    /// <summary>As others read it: without the kinds of values.</summary>
    public string Plain() => KeptKinds.AreIn(Utf8.Span) ? KeptKinds.Plain(Element()).GetRawText() : ToString();

    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>Reads the members of the object that the reader stands at; what is neither text, truth nor null stays JSON.</summary>
    public static void ReadMembers(ref Utf8JsonReader json, ReadOnlyMemory<byte> source, Dictionary<string, object?> values)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            values[name] = json.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String => json.GetString(),
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                _ => Slice(ref json, source),
            };
        }
    }

    /// <summary>The value that the reader stands at.</summary>
    public static JsonFragment Slice(ref Utf8JsonReader json, ReadOnlyMemory<byte> source)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return new JsonFragment(source[start..(int)json.BytesConsumed]);
    }
}
