using System.Text.Json;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>Values by key; those of the host are turned into values of expressions when asked for.</summary>
internal abstract class CelMap
{
    public abstract int Count { get; }

    public abstract bool TryGet(CelValue key, out CelValue value);

    public abstract IEnumerable<KeyValuePair<CelValue, CelValue>> Entries();
}

/// <summary>A map written in the expression.</summary>
internal sealed class CelLiteralMap(Dictionary<CelValue, CelValue> entries) : CelMap
{
    public override int Count => entries.Count;

    public override bool TryGet(CelValue key, out CelValue value) => entries.TryGetValue(key, out value);

    public override IEnumerable<KeyValuePair<CelValue, CelValue>> Entries() => entries;
}

/// <summary>A dictionary of the host.</summary>
internal sealed class CelHostMap(IReadOnlyDictionary<string, object?> values, FunctionRegistry registry) : CelMap
{
    public override int Count => values.Count;

    public override bool TryGet(CelValue key, out CelValue value)
    {
        if (key.Kind == CelKind.String && values.TryGetValue(key.Text, out var found))
        {
            value = registry.ToCel(found);
            return true;
        }

        value = default;
        return false;
    }

    public override IEnumerable<KeyValuePair<CelValue, CelValue>> Entries() =>
        values.Select(entry => KeyValuePair.Create(CelValue.Of(entry.Key), registry.ToCel(entry.Value)));
}

/// <summary>A JSON object.</summary>
internal sealed class CelJsonMap(JsonElement json, FunctionRegistry registry) : CelMap
{
    public override int Count => json.GetPropertyCount();

    public override bool TryGet(CelValue key, out CelValue value)
    {
        if (key.Kind == CelKind.String && json.TryGetProperty(key.Text, out var found))
        {
            value = registry.ToCel(found);
            return true;
        }

        value = default;
        return false;
    }

    public override IEnumerable<KeyValuePair<CelValue, CelValue>> Entries() =>
        json.EnumerateObject().Select(member => KeyValuePair.Create(CelValue.Of(member.Name), registry.ToCel(member.Value)));
}
