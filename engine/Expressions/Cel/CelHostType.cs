namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>A type of the host whose values expressions compare and add without looking inside.</summary>
public abstract class CelHostType : CelType
{
    private protected CelHostType(string name) : base(name)
    {
    }

    /// <summary>Whether plain numbers join its values.</summary>
    internal abstract bool TakesNumbers { get; }

    /// <summary>Whether its values have an order.</summary>
    internal abstract bool HasOrder { get; }

    /// <summary>Whether its values can be combined by a sign of arithmetic.</summary>
    internal abstract bool Combines(char sign);

    internal abstract CelValue Wrap(object value);
}

/// <summary>How a type of the host behaves in expressions.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class CelType<T>(string name) : CelHostType(name) where T : notnull
{
    /// <summary>Orders two values; null where they cannot be compared (amounts of two currencies).</summary>
    public Func<T, T, int?>? Order { get; init; }

    /// <summary>Adds, subtracts, multiplies or divides, by one of <see cref="Signs"/>; throws an ArgumentException where that means nothing.</summary>
    public Func<char, T, T, T>? Arithmetic { get; init; }

    /// <summary>The signs of arithmetic that mean something.</summary>
    public string Signs { get; init; } = "+-*/%";

    /// <summary>A plain number as a value of the type, so that the two can be compared and added; left null where that means nothing.</summary>
    public Func<CelValue, T>? Number { get; init; }

    /// <summary>The value as text.</summary>
    public Func<T, string>? Text { get; init; }

    /// <summary>A value of the type as a value of expressions.</summary>
    public CelValue Of(T value) => CelValue.Of(new CelOpaque<T>(value, this));

    internal override bool TakesNumbers => Number is not null;

    internal override bool HasOrder => Order is not null;

    internal override bool Combines(char sign) => Arithmetic is not null && Signs.Contains(sign);

    internal override CelValue Wrap(object value) => Of((T)value);
}

/// <summary>A value of a type of the host, inside a value of expressions.</summary>
internal abstract class CelOpaque(CelHostType type)
{
    public CelHostType Type { get; } = type;

    public abstract object Boxed { get; }

    public abstract bool IsEqual(CelValue other);

    /// <summary>Less than, equal to or greater than zero; null where the two cannot be compared.</summary>
    public abstract int? Compare(CelValue other);

    /// <summary>The two combined; null where the sign means nothing to their types.</summary>
    /// <param name="sign">The sign between them.</param>
    /// <param name="other">The other one.</param>
    /// <param name="isRight">Whether the other one stands on the left.</param>
    public abstract CelOpaque? Combine(char sign, CelValue other, bool isRight);
}

/// <summary>A value of the host; another of its type, or a plain number, meets it without either being boxed.</summary>
internal sealed class CelOpaque<T>(T value, CelType<T> type) : CelOpaque(type) where T : notnull
{
    public T Value { get; } = value;

    public override object Boxed => Value;

    public override bool IsEqual(CelValue other)
    {
        if (other.Kind != CelKind.Opaque)
            return type.Order is not null && CompareNumber(other) == 0;
        return TryRead(other, out var read) && (type.Order?.Invoke(Value, read) == 0 || EqualityComparer<T>.Default.Equals(Value, read));
    }

    public override int? Compare(CelValue other)
    {
        if (type.Order is null)
            return null;
        return other.Kind != CelKind.Opaque ? CompareNumber(other) : TryRead(other, out var read) ? type.Order(Value, read) : null;
    }

    public override CelOpaque? Combine(char sign, CelValue other, bool isRight)
    {
        if (!type.Combines(sign) || !TryRead(other, out var read))
            return null;
        return new CelOpaque<T>(isRight ? type.Arithmetic!(sign, read, Value) : type.Arithmetic!(sign, Value, read), type);
    }

    public override string ToString() => type.Text is null ? Value.ToString() ?? "" : type.Text(Value);

    /// <summary>A number beyond all values of the type is more than each of them, or less; one that is no number has no order.</summary>
    private int? CompareNumber(CelValue number)
    {
        try
        {
            return TryRead(number, out var read) ? type.Order!(Value, read) : null;
        }
        catch (OverflowException)
        {
            return double.IsNaN(number.Double) ? null : number.Double > 0 ? -1 : 1;
        }
    }

    private bool TryRead(CelValue other, out T read)
    {
        if (other.Kind == CelKind.Opaque && other.HostValue is CelOpaque<T> same && ReferenceEquals(same.Type, Type))
        {
            read = same.Value;
            return true;
        }

        var isNumber = type.Number is not null && CelOperators.IsNumber(other);
        read = isNumber ? type.Number!(other) : Value;
        return isNumber;
    }
}
