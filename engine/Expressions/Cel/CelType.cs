namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>What a value of an expression is: one of CEL's own types, or one that the host registered (<see cref="CelType{T}"/>).</summary>
public abstract class CelType
{
    /// <summary>Of how many types a value can be before it is of any.</summary>
    private const int MostOptions = 16;

    private protected CelType(string name)
    {
        Name = name;
    }

    /// <summary>What expressions and error messages call it.</summary>
    public string Name { get; }

    /// <summary>Known only when the expression is evaluated; every other type fits it, and it fits every other.</summary>
    public static CelType Dyn { get; } = new CelPlainType("dyn");

    /// <summary>The type of <c>null</c>.</summary>
    public static CelType Null { get; } = new CelPlainType("null_type");

    /// <summary>True or false.</summary>
    public static CelType Bool { get; } = new CelPlainType("bool");

    /// <summary>A whole number of 64 bits.</summary>
    public static CelType Int { get; } = new CelPlainType("int");

    /// <summary>A whole number of 64 bits that is never negative.</summary>
    public static CelType UInt { get; } = new CelPlainType("uint");

    /// <summary>A floating number.</summary>
    public static CelType Double { get; } = new CelPlainType("double");

    /// <summary>A text.</summary>
    public static CelType String { get; } = new CelPlainType("string");

    /// <summary>Bytes.</summary>
    public static CelType Bytes { get; } = new CelPlainType("bytes");

    /// <summary>An instant.</summary>
    public static CelType Timestamp { get; } = new CelPlainType("google.protobuf.Timestamp");

    /// <summary>A span of time.</summary>
    public static CelType Duration { get; } = new CelPlainType("google.protobuf.Duration");

    /// <summary>The type of types, as <c>type()</c> gives them.</summary>
    public static CelType Type { get; } = new CelPlainType("type");

    /// <summary>An exact decimal number.</summary>
    public static CelType Decimal => CelDecimal.Type;

    /// <summary>A list whose items may be anything.</summary>
    public static CelType AnyList { get; } = new CelListType(Dyn);

    /// <summary>A map whose keys and values may be anything.</summary>
    public static CelType AnyMap { get; } = new CelMapType(Dyn, Dyn);

    /// <summary>A list.</summary>
    public static CelType List(CelType item) => ReferenceEquals(item, Dyn) ? AnyList : new CelListType(item);

    /// <summary>A map.</summary>
    public static CelType Map(CelType key, CelType value) => new CelMapType(key, value);

    /// <summary>Values by name, each of a type of its own; a name that is not among them is a mistake.</summary>
    public static CelType Members(string name, IReadOnlyDictionary<string, CelType> members) => new CelMembers(name, members, isOpen: false);

    /// <summary>A value that is one of several types.</summary>
    public static CelType OneOf(params IReadOnlyList<CelType> types)
    {
        var options = types.SelectMany(type => type.Options).Distinct().ToArray();
        return options.Contains(Dyn) || options.Length > MostOptions ? Dyn : options is [var only] ? only : new CelUnion(options);
    }

    /// <summary>The types a value of this one can be: several only for <see cref="OneOf"/>.</summary>
    internal virtual IReadOnlyList<CelType> Options => [this];

    /// <summary>The type as <c>type()</c> gives it: a list is a list, whatever is in it.</summary>
    internal virtual CelType Plain => this;

    /// <summary>Whether a value of this type can be where another one is wanted; where it is not known before, it can.</summary>
    internal bool Fits(CelType wanted) => Options.Any(own => wanted.Options.Any(other => own.IsDyn || other.IsDyn || own.IsLike(other)));

    internal bool IsDyn => ReferenceEquals(this, Dyn);

    internal bool IsNumber => ReferenceEquals(this, Int) || ReferenceEquals(this, UInt) || ReferenceEquals(this, Double);

    /// <summary>Whether two types, neither of them open, can be of one value.</summary>
    private protected virtual bool IsLike(CelType other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>A type that is its name and no more.</summary>
internal sealed class CelPlainType(string name) : CelType(name);

/// <summary>A list of items of one type.</summary>
internal sealed class CelListType(CelType item) : CelType("list")
{
    public CelType Item { get; } = item;

    internal override CelType Plain => AnyList;

    public override bool Equals(object? obj) => obj is CelListType list && list.Item.Equals(Item);

    public override int GetHashCode() => HashCode.Combine(Name, Item);

    private protected override bool IsLike(CelType other) => other is CelListType list && Item.Fits(list.Item);
}

/// <summary>Values of one type by keys of one type.</summary>
internal sealed class CelMapType(CelType key, CelType value) : CelType("map")
{
    public CelType Key { get; } = key;

    public CelType Value { get; } = value;

    internal override CelType Plain => AnyMap;

    public override bool Equals(object? obj) => obj is CelMapType map && map.Key.Equals(Key) && map.Value.Equals(Value);

    public override int GetHashCode() => HashCode.Combine(Name, Key, Value);

    private protected override bool IsLike(CelType other) => other is CelMembers || (other is CelMapType map && Key.Fits(map.Key) && Value.Fits(map.Value));
}

/// <summary>Values by name, such as <c>invoice</c>.</summary>
internal class CelMembers(string name, IReadOnlyDictionary<string, CelType> members, bool isOpen) : CelType("map")
{
    /// <summary>What problems call the thing that has the members.</summary>
    public string Owner { get; } = name;

    /// <summary>The members that are known.</summary>
    public IReadOnlyDictionary<string, CelType> Known { get; } = members;

    /// <summary>Whether there may be others.</summary>
    public bool IsOpen { get; } = isOpen;

    internal override CelType Plain => AnyMap;

    private protected override bool IsLike(CelType other) => other is CelMembers || (other is CelMapType map && String.Fits(map.Key));
}

/// <summary>One of several types.</summary>
internal sealed class CelUnion(IReadOnlyList<CelType> options) : CelType(string.Join('|', options.Select(option => option.Name).Distinct()))
{
    internal override IReadOnlyList<CelType> Options => options;

    public override bool Equals(object? obj) => obj is CelUnion union && union.Options.Count == options.Count && union.Options.All(options.Contains);

    public override int GetHashCode() => options.Count;
}
