namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>A type of the host whose values expressions compare and add without looking inside.</summary>
public abstract class CelType
{
    private protected CelType(string name)
    {
        Name = name;
    }

    /// <summary>What error messages call it.</summary>
    public string Name { get; }

    internal abstract Type ClrType { get; }

    internal abstract string Write(object value);

    internal abstract bool AreEqual(object left, object right);

    /// <summary>Less than, equal to or greater than zero; null where the two cannot be compared.</summary>
    internal abstract int? Compare(object left, object right);

    internal abstract object? Combine(char sign, object left, object right);

    /// <summary>A plain number as a value of this type; null where that means nothing.</summary>
    internal abstract object? FromNumber(CelValue number);
}

/// <summary>How a type of the host behaves in expressions.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class CelType<T>(string name) : CelType(name) where T : notnull
{
    /// <summary>Orders two values; null where they cannot be compared (amounts of two currencies).</summary>
    public Func<T, T, int?>? Order { get; init; }

    /// <summary>Adds, subtracts, multiplies or divides (<c>+ - * / %</c>); throws an ArgumentException where that means nothing.</summary>
    public Func<char, T, T, T>? Arithmetic { get; init; }

    /// <summary>A plain number as a value of the type, so that the two can be compared and added; left null where that means nothing.</summary>
    public Func<CelValue, T>? Number { get; init; }

    /// <summary>The value as text.</summary>
    public Func<T, string>? Text { get; init; }

    internal override Type ClrType => typeof(T);

    internal override string Write(object value) => Text is null ? value.ToString() ?? "" : Text((T)value);

    internal override bool AreEqual(object left, object right) => left.Equals(right) || (Order?.Invoke((T)left, (T)right) == 0);

    internal override int? Compare(object left, object right) => Order?.Invoke((T)left, (T)right);

    internal override object? Combine(char sign, object left, object right) => Arithmetic is null ? null : Arithmetic(sign, (T)left, (T)right);

    internal override object? FromNumber(CelValue number) => Number is null ? null : Number(number);
}
