using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>The functions and types that expressions can use: CEL's own, and the host's.</summary>
public sealed class FunctionRegistry : IFunctionRegistry
{
    private static readonly object True = true;
    private static readonly object False = false;
    private readonly ConcurrentDictionary<(string Name, int Arity), RegisteredFunction> _functions = new();
    private readonly ConcurrentDictionary<Type, CelHostType> _types = new();

    /// <summary>CEL's functions, decimals, and <c>now()</c> by the clock given.</summary>
    public FunctionRegistry(TimeProvider clock)
    {
        RegisterType(CelDecimal.Type);
        CelFunctions.AddTo(this, clock);
    }

    /// <inheritdoc />
    public void Register(string name, CelSignature signature, CelFunction function)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(signature);
        if (!_functions.TryAdd((name, signature.Parameters.Count), new RegisteredFunction(name, signature, function)))
            throw new ArgumentException($"The function {name} with {signature.Parameters.Count} arguments is registered already.", nameof(name));
    }

    /// <inheritdoc />
    public void RegisterType<T>(CelType<T> type) where T : notnull
    {
        if (!_types.TryAdd(typeof(T), type))
            throw new ArgumentException($"The type {typeof(T).Name} is registered already.", nameof(type));
        if (typeof(T) != typeof(decimal))
            KeptKinds.Add(type.Name, typeof(T));
    }

    /// <inheritdoc />
    public CelValue ToCel(object? value) => value switch
    {
        null => CelValue.Null,
        CelValue already => already,
        bool truth => CelValue.Of(truth),
        string text => CelValue.Of(text),
        byte[] bytes => CelValue.Of(bytes),
        int number => CelValue.Of((long)number),
        long number => CelValue.Of(number),
        short number => CelValue.Of((long)number),
        byte number => CelValue.Of((long)number),
        uint number => CelValue.Of((ulong)number),
        ulong number => CelValue.Of(number),
        double number => CelValue.Of(number),
        float number => CelValue.Of((double)number),
        DateTimeOffset instant => CelValue.Of(instant),
        DateTime instant => CelValue.Of(new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc))),
        TimeSpan span => CelValue.Of(span),
        DateOnly date => CelValue.Of(date.ToString("O", CultureInfo.InvariantCulture)),
        Guid id => CelValue.Of(id.ToString()),
        Enum name => CelValue.Of(name.ToString()),
        JsonFragment fragment => fragment.TryGetWhole(out var whole) ? CelValue.Of(whole) : FromJson(fragment.Element()),
        JsonElement json => FromJson(json),
        IReadOnlyDictionary<string, object?> values => CelValue.Of(new CelHostMap(values, this)),
        _ when _types.TryGetValue(value.GetType(), out var type) => type.Wrap(value),
        System.Collections.IDictionary values => CelValue.Of(new CelHostMap(values.Keys.Cast<object>().ToDictionary(key => Convert.ToString(key, CultureInfo.InvariantCulture)!, key => values[key]), this)),
        IEnumerable items => CelValue.Of([.. items.Cast<object?>().Select(ToCel)]),
        _ => FromJson(JsonSerializer.SerializeToElement(value, value.GetType(), EngineJson.Options)),
    };

    internal bool TryFind(string name, int arity, out RegisteredFunction function) => _functions.TryGetValue((name, arity), out function!);

    internal IEnumerable<string> FunctionNames => _functions.Keys.Select(key => key.Name).Distinct();

    /// <summary>A type of the host by the name it has in expressions; null where none is called so.</summary>
    internal CelType? TypeNamed(string name) => _types.Values.FirstOrDefault(type => type.Name == name);

    /// <summary>The type that values of .NET's type have in expressions; <see cref="CelType.Dyn"/> where that depends on the value.</summary>
    internal CelType TypeOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (_types.TryGetValue(plain, out var registered))
            return registered;
        if (plain.IsEnum || plain == typeof(DateOnly) || plain == typeof(TimeOnly) || plain == typeof(Guid) || plain == typeof(Uri))
            return CelType.String;
        if (plain == typeof(DateTimeOffset))
            return CelType.Timestamp;
        if (plain == typeof(TimeSpan))
            return CelType.Duration;
        if (plain == typeof(byte[]))
            return CelType.Bytes;
        if (plain == typeof(IDictionary<string, string>))
            return CelType.Map(CelType.String, CelType.String);
        if (plain == typeof(IDictionary<string, object>))
            return CelType.Map(CelType.String, CelType.Dyn);
        return Type.GetTypeCode(plain) switch
        {
            TypeCode.Boolean => CelType.Bool,
            TypeCode.Byte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => CelType.Int,
            TypeCode.UInt32 or TypeCode.UInt64 => CelType.UInt,
            TypeCode.Single or TypeCode.Double => CelType.Double,
            TypeCode.String => CelType.String,
            TypeCode.DateTime => CelType.Timestamp,
            _ => Descriptors.TypeAliases.ElementOf(plain) is { } item ? CelType.List(TypeOf(item)) : CelType.Dyn,
        };
    }

    /// <summary>A value of expressions as one of .NET.</summary>
    internal static object? FromCel(CelValue value) => value.Kind switch
    {
        CelKind.Null => null,
        CelKind.Bool => value.Bool ? True : False,
        CelKind.Int => value.Int,
        CelKind.UInt => value.UInt,
        CelKind.Double => value.Double,
        CelKind.String => value.Text,
        CelKind.Bytes => value.Bytes.ToArray(),
        CelKind.Timestamp => value.Timestamp,
        CelKind.Duration => value.Duration,
        CelKind.Opaque => value.Opaque,
        CelKind.Type => value.TypeValue.Name,
        CelKind.List => value.Items.Select(GivenFromCel).ToArray(),
        CelKind.Map => FromCel(value.Map),
        _ => throw new ExpressionException(new ExpressionProblem(value.Text)),
    };

    // A list that holds another one many times over is small until it is given.
    private static object? GivenFromCel(CelValue part) => CelBudget.TryTake(1) ? FromCel(part) : throw new ExpressionException(new ExpressionProblem(CelBudget.Error!.Value.Text));

    private static Dictionary<string, object?> FromCel(CelMap map)
    {
        var values = new Dictionary<string, object?>(map.Count);
        foreach (var (key, value) in map.Entries())
        {
            // As JSON knows texts alone as keys, 1 and '1' are one there.
            if (!values.TryAdd(key.ToString(), GivenFromCel(value)))
                throw new ExpressionException(new ExpressionProblem($"Two keys of the map are \"{key}\" when they are written as text; a map that is kept or given on needs different ones."));
        }

        return values;
    }

    private CelValue FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => CelValue.True,
        JsonValueKind.False => CelValue.False,
        JsonValueKind.String => CelValue.Of(json.GetString()),
        JsonValueKind.Number => FromNumber(json),
        JsonValueKind.Array => CelValue.Of([.. json.EnumerateArray().Select(item => FromJson(item))]),
        JsonValueKind.Object => KeptKinds.TryRead(json, out var kept) ? ToCel(kept) : CelValue.Of(new CelJsonMap(json, this)),
        _ => CelValue.Null,
    };

    /// <summary>A whole number is an int; one with decimals keeps them exactly, since amounts are never floating, but for the zero that tells a whole amount from an int.</summary>
    private static CelValue FromNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var whole))
            return CelValue.Of(whole);
        if (!json.TryGetDecimal(out var exact))
            return CelValue.Of(json.GetDouble());
        var text = json.GetRawText();
        return CelDecimal.Type.Of(EngineJson.WithoutMark(text).Length < text.Length ? decimal.Truncate(exact) : exact);
    }
}
