using System.Globalization;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>Exact decimal numbers in expressions; whole numbers join them, floating ones do not.</summary>
internal static class CelDecimal
{
    public static CelType<decimal> Type { get; } = new("decimal")
    {
        Order = (left, right) => left.CompareTo(right),
        Arithmetic = (sign, left, right) => sign switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            '/' => right == 0 ? throw new ArgumentException("Division by zero.") : left / right,
            _ => right == 0 ? throw new ArgumentException("Division by zero.") : left % right,
        },
        Number = FromNumber,
        Text = value => value.ToString(CultureInfo.InvariantCulture),
    };

    public static decimal FromNumber(CelValue number) => number.Kind switch
    {
        CelKind.Int => number.Int,
        CelKind.UInt => number.UInt,
        _ => (decimal)number.Double,
    };
}
