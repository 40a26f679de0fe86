using System.Collections.Frozen;
using System.Text.Json;

namespace CentralPay.Workflows.Engine.Descriptors;

/// <summary>The short names types have in definitions, as Elsa writes them.</summary>
public static class TypeAliases
{
    private static readonly FrozenDictionary<string, Type> ByAlias = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase)
    {
        ["String"] = typeof(string),
        ["Boolean"] = typeof(bool),
        ["Byte"] = typeof(byte),
        ["Int16"] = typeof(short),
        ["Int32"] = typeof(int),
        ["Int64"] = typeof(long),
        ["Single"] = typeof(float),
        ["Double"] = typeof(double),
        ["Decimal"] = typeof(decimal),
        ["Guid"] = typeof(Guid),
        ["DateTime"] = typeof(DateTime),
        ["DateTimeOffset"] = typeof(DateTimeOffset),
        ["DateOnly"] = typeof(DateOnly),
        ["TimeOnly"] = typeof(TimeOnly),
        ["TimeSpan"] = typeof(TimeSpan),
        ["Uri"] = typeof(Uri),
        ["Object"] = typeof(object),
        ["JsonElement"] = typeof(JsonElement),
        ["ObjectDictionary"] = typeof(IDictionary<string, object>),
        ["StringDictionary"] = typeof(IDictionary<string, string>),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<Type, string> ByType = ByAlias.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The alias of a type; its full name where it has none.</summary>
    public static string Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (ByType.TryGetValue(plain, out var alias))
            return alias;
        var element = ElementOf(plain);
        if (element is not null)
            return Of(element) + "[]";
        return plain.FullName ?? plain.Name;
    }

    /// <summary>The type behind an alias; <see cref="object"/> where it is unknown.</summary>
    public static Type Find(string? alias)
    {
        if (string.IsNullOrWhiteSpace(alias))
            return typeof(object);
        if (ByAlias.TryGetValue(alias, out var type))
            return type;
        // Elsa has no list of lists: what such a one holds may be anything. Each depth would be a type that the process keeps for ever.
        return alias.EndsWith("[]", StringComparison.Ordinal) ? ByAlias.GetValueOrDefault(alias[..^2], typeof(object)).MakeArrayType() : typeof(object);
    }

    /// <summary>What a collection type holds; null where the type is no collection.</summary>
    internal static Type? ElementOf(Type type)
    {
        if (type.IsArray)
            return type.GetElementType();
        if (!type.IsGenericType || type.GetGenericArguments() is not [var element])
            return null;
        var open = type.GetGenericTypeDefinition();
        return open == typeof(ICollection<>) || open == typeof(IList<>) || open == typeof(List<>) || open == typeof(IEnumerable<>)
            || open == typeof(IReadOnlyList<>) || open == typeof(IReadOnlyCollection<>)
            ? element
            : null;
    }
}
