using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>The functions and types that expressions can use: CEL's own, and the host's.</summary>
public sealed class FunctionRegistry : IFunctionRegistry
{
    private readonly ConcurrentDictionary<(string Name, int Arity), CelFunction> _functions = new();
    private readonly ConcurrentDictionary<Type, CelType> _types = new();

    /// <summary>CEL's functions, decimals, and <c>now()</c> by the clock given.</summary>
    public FunctionRegistry(TimeProvider clock)
    {
        RegisterType(CelDecimal.Type);
        CelFunctions.AddTo(this, clock);
    }

    /// <inheritdoc />
    public void Register(string name, int arity, CelFunction function)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfNegative(arity);
        if (!_functions.TryAdd((name, arity), function))
            throw new ArgumentException($"The function {name} with {arity} arguments is registered already.", nameof(name));
    }

    /// <inheritdoc />
    public void RegisterType<T>(CelType<T> type) where T : notnull
    {
        if (!_types.TryAdd(typeof(T), type))
            throw new ArgumentException($"The type {typeof(T).Name} is registered already.", nameof(type));
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
        JsonFragment fragment => FromJson(fragment.Element()),
        JsonElement json => FromJson(json),
        IReadOnlyDictionary<string, object?> values => CelValue.Of(new CelHostMap(values, this)),
        _ when _types.TryGetValue(value.GetType(), out var type) => CelValue.Of(value, type),
        IEnumerable items => CelValue.Of([.. items.Cast<object?>().Select(ToCel)]),
        _ => FromJson(JsonSerializer.SerializeToElement(value, value.GetType(), EngineJson.Options)),
    };

    internal bool TryFind(string name, int arity, out CelFunction function) => _functions.TryGetValue((name, arity), out function!);

    internal bool Knows(string name) => _functions.Keys.Any(key => key.Name == name);

    /// <summary>A value of expressions as one of .NET.</summary>
    internal static object? FromCel(CelValue value) => value.Kind switch
    {
        CelKind.Null => null,
        CelKind.Bool => value.Bool,
        CelKind.Int => value.Int,
        CelKind.UInt => value.UInt,
        CelKind.Double => value.Double,
        CelKind.String => value.Text,
        CelKind.Bytes => value.Bytes.ToArray(),
        CelKind.Timestamp => value.Timestamp,
        CelKind.Duration => value.Duration,
        CelKind.Opaque => value.Opaque,
        CelKind.List => value.Items.Select(FromCel).ToArray(),
        CelKind.Map => value.Map.Entries().ToDictionary(entry => entry.Key.ToString(), entry => FromCel(entry.Value)),
        _ => throw new ExpressionException(new ExpressionProblem(value.Text)),
    };

    private CelValue FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => CelValue.True,
        JsonValueKind.False => CelValue.False,
        JsonValueKind.String => CelValue.Of(json.GetString()),
        JsonValueKind.Number => FromNumber(json),
        JsonValueKind.Array => CelValue.Of([.. json.EnumerateArray().Select(item => FromJson(item))]),
        JsonValueKind.Object => CelValue.Of(new CelJsonMap(json, this)),
        _ => CelValue.Null,
    };

    /// <summary>A whole number is an int; one with decimals keeps them exactly, since amounts are never floating.</summary>
    private static CelValue FromNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var whole))
            return CelValue.Of(whole);
        return json.TryGetDecimal(out var exact) ? CelValue.Of(exact, CelDecimal.Type) : CelValue.Of(json.GetDouble());
    }
}
