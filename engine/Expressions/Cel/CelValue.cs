using System.Globalization;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>What a value of an expression is.</summary>
public enum CelKind
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A whole number of 64 bits.</summary>
    Int,

    /// <summary>A whole number of 64 bits that is never negative.</summary>
    UInt,

    /// <summary>A floating number.</summary>
    Double,

    /// <summary>A text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A list.</summary>
    List,

    /// <summary>Values by key.</summary>
    Map,

    /// <summary>An instant.</summary>
    Timestamp,

    /// <summary>A span of time.</summary>
    Duration,

    /// <summary>A value of a type the host registered, such as an amount of money.</summary>
    Opaque,

    /// <summary>A type, as <c>type()</c> gives it.</summary>
    Type,

    /// <summary>There is no value, and this says why; <c>&amp;&amp;</c>, <c>||</c> and <c>?:</c> may pass over it.</summary>
    Error,
}

/// <summary>A value of a CEL expression. Numbers and truth values take no memory of their own.</summary>
public readonly struct CelValue : IEquatable<CelValue>
{
    private readonly long _bits;
    private readonly object? _reference;

    private CelValue(CelKind kind, long bits, object? reference)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
    }

    /// <summary>What it is.</summary>
    public CelKind Kind { get; }

    /// <summary>No value.</summary>
    public static CelValue Null => default;

    /// <summary>True.</summary>
    public static CelValue True { get; } = new(CelKind.Bool, 1, null);

    /// <summary>False.</summary>
    public static CelValue False { get; } = new(CelKind.Bool, 0, null);

    /// <summary>Whether it is an error.</summary>
    public bool IsError => Kind == CelKind.Error;

    /// <summary>The truth value of a bool.</summary>
    public bool Bool => _bits != 0;

    /// <summary>The number of an int.</summary>
    public long Int => _bits;

    /// <summary>The number of a uint.</summary>
    public ulong UInt => (ulong)_bits;

    /// <summary>The number of a double.</summary>
    public double Double => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>The text of a string; the reason of an error.</summary>
    public string Text => (string)_reference!;

    /// <summary>The instant of a timestamp.</summary>
    public DateTimeOffset Timestamp => new(_bits, TimeSpan.Zero);

    /// <summary>The span of a duration.</summary>
    public TimeSpan Duration => new(_bits);

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<CelValue> Items => (IReadOnlyList<CelValue>)_reference!;

    /// <summary>The bytes of bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => (byte[])_reference!;

    /// <summary>The value of a registered type.</summary>
    public object Opaque => HostValue.Boxed;

    internal CelOpaque HostValue => (CelOpaque)_reference!;

    internal CelMap Map => (CelMap)_reference!;

    internal CelType TypeValue => (CelType)_reference!;

    /// <summary>A truth value.</summary>
    public static CelValue Of(bool value) => value ? True : False;

    /// <summary>A whole number.</summary>
    public static CelValue Of(long value) => new(CelKind.Int, value, null);

    /// <summary>A whole number that is never negative.</summary>
    public static CelValue Of(ulong value) => new(CelKind.UInt, (long)value, null);

    /// <summary>A floating number.</summary>
    public static CelValue Of(double value) => new(CelKind.Double, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>A text; null gives no value.</summary>
    public static CelValue Of(string? value) => value is null ? Null : new CelValue(CelKind.String, 0, value);

    /// <summary>An instant.</summary>
    public static CelValue Of(DateTimeOffset value) => new(CelKind.Timestamp, value.UtcTicks, null);

    /// <summary>A span of time.</summary>
    public static CelValue Of(TimeSpan value) => new(CelKind.Duration, value.Ticks, null);

    /// <summary>Bytes; the array is not copied.</summary>
    public static CelValue Of(byte[] value) => new(CelKind.Bytes, 0, value);

    /// <summary>A list.</summary>
    public static CelValue Of(IReadOnlyList<CelValue> items) => new(CelKind.List, 0, items);

    /// <summary>No value, and why.</summary>
    public static CelValue Error(string reason) => new(CelKind.Error, 0, reason);

    /// <summary>Where in the text an error arose; 0 where it is not known yet.</summary>
    internal int Position => Kind == CelKind.Error ? (int)_bits : 0;

    /// <summary>An error with its place, unless it has one already; any other value as it is.</summary>
    internal CelValue At(int position) => Kind == CelKind.Error && _bits == 0 ? new CelValue(CelKind.Error, position, _reference) : this;

    internal static CelValue Of(CelMap map) => new(CelKind.Map, 0, map);

    internal static CelValue Of(CelOpaque value) => new(CelKind.Opaque, 0, value);

    /// <summary>A type as a value.</summary>
    internal static CelValue Of(CelType type) => new(CelKind.Type, 0, type.Plain);

    /// <summary>The name of its type, as error messages call it.</summary>
    public string TypeName => Kind == CelKind.Opaque ? HostValue.Type.Name : Kind.ToString().ToLowerInvariant();

    /// <summary>What it is; of an error nothing is known.</summary>
    internal CelType ValueType => Kind switch
    {
        CelKind.Null => CelType.Null,
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.UInt => CelType.UInt,
        CelKind.Double => CelType.Double,
        CelKind.String => CelType.String,
        CelKind.Bytes => CelType.Bytes,
        CelKind.List => CelType.AnyList,
        CelKind.Map => CelType.AnyMap,
        CelKind.Timestamp => CelType.Timestamp,
        CelKind.Duration => CelType.Duration,
        CelKind.Opaque => HostValue.Type,
        CelKind.Type => CelType.Type,
        _ => CelType.Dyn,
    };

    /// <inheritdoc />
    public bool Equals(CelValue other) => CelOperators.AreEqual(this, other);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is CelValue other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Kind switch
    {
        CelKind.Null => 0,
        CelKind.Bool => _bits.GetHashCode(),
        CelKind.Int => ((double)Int).GetHashCode(),
        CelKind.UInt => ((double)UInt).GetHashCode(),
        CelKind.Double => Double.GetHashCode(),
        CelKind.Opaque when Opaque is decimal exact => ((double)exact).GetHashCode(),
        CelKind.Timestamp or CelKind.Duration => HashCode.Combine(Kind, _bits),
        CelKind.String => Text.GetHashCode(StringComparison.Ordinal),
        _ => Kind.GetHashCode(),
    };

    /// <summary>The same number, text or truth value.</summary>
    public static bool operator ==(CelValue left, CelValue right) => left.Equals(right);

    /// <summary>Another value.</summary>
    public static bool operator !=(CelValue left, CelValue right) => !left.Equals(right);

    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        CelKind.Null => "null",
        CelKind.Bool => Bool ? "true" : "false",
        CelKind.Int => Int.ToString(CultureInfo.InvariantCulture),
        CelKind.UInt => UInt.ToString(CultureInfo.InvariantCulture),
        CelKind.Double => Double.ToString("R", CultureInfo.InvariantCulture),
        CelKind.String => Text,
        CelKind.Timestamp => Timestamp.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        CelKind.Duration => string.Create(CultureInfo.InvariantCulture, $"{(decimal)Duration.Ticks / TimeSpan.TicksPerSecond:0.#######}s"),
        CelKind.Opaque => HostValue.ToString()!,
        CelKind.Type => TypeValue.Name,
        CelKind.Error => "error: " + Text,
        CelKind.Bytes => Convert.ToBase64String(Bytes.Span),
        CelKind.List => "[" + string.Join(", ", Items) + "]",
        _ => "{" + string.Join(", ", Map.Entries().Select(entry => $"{entry.Key}: {entry.Value}")) + "}",
    };
}
