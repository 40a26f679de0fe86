namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>What CEL's operators do with two values. Numbers of different kinds are equal and ordered by what they are worth.</summary>
internal static class CelOperators
{
    public static bool AreEqual(CelValue left, CelValue right)
    {
        if (IsNumber(left) && IsNumber(right))
            return left.Kind == CelKind.Double && double.IsNaN(left.Double) || right.Kind == CelKind.Double && double.IsNaN(right.Double)
                ? false
                : CompareNumbers(left, right) == 0;
        if (left.Kind != right.Kind)
            return TryJoin(left, right, out var type, out var one, out var other) && type.AreEqual(one, other);
        return left.Kind switch
        {
            CelKind.Null => true,
            CelKind.Bool => left.Bool == right.Bool,
            CelKind.String => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
            CelKind.Bytes => left.Bytes.Span.SequenceEqual(right.Bytes.Span),
            CelKind.Timestamp => left.Timestamp == right.Timestamp,
            CelKind.Duration => left.Duration == right.Duration,
            CelKind.List => left.Items.Count == right.Items.Count && left.Items.Zip(right.Items).All(pair => AreEqual(pair.First, pair.Second)),
            CelKind.Map => left.Map.Count == right.Map.Count && left.Map.Entries().All(entry => right.Map.TryGet(entry.Key, out var other) && AreEqual(entry.Value, other)),
            CelKind.Opaque => ReferenceEquals(left.OpaqueType, right.OpaqueType) && left.OpaqueType.AreEqual(left.Opaque, right.Opaque),
            _ => false,
        };
    }

    /// <summary>Less than, equal to or greater than zero; null where the two have no order.</summary>
    public static int? Compare(CelValue left, CelValue right)
    {
        if (IsNumber(left) && IsNumber(right))
            return CompareNumbers(left, right);
        if (left.Kind != right.Kind)
            return TryJoin(left, right, out var type, out var one, out var other) ? type.Compare(one, other) : null;
        return left.Kind switch
        {
            CelKind.Bool => left.Bool.CompareTo(right.Bool),
            CelKind.String => string.CompareOrdinal(left.Text, right.Text),
            CelKind.Bytes => left.Bytes.Span.SequenceCompareTo(right.Bytes.Span),
            CelKind.Timestamp => left.Timestamp.CompareTo(right.Timestamp),
            CelKind.Duration => left.Duration.CompareTo(right.Duration),
            CelKind.Opaque when ReferenceEquals(left.OpaqueType, right.OpaqueType) => left.OpaqueType.Compare(left.Opaque, right.Opaque),
            _ => null,
        };
    }

    public static CelValue Arithmetic(char sign, CelValue left, CelValue right)
    {
        try
        {
            return (left.Kind, right.Kind) switch
            {
                (CelKind.Int, CelKind.Int) => Whole(sign, left.Int, right.Int),
                (CelKind.UInt, CelKind.UInt) => Unsigned(sign, left.UInt, right.UInt),
                (CelKind.Double, CelKind.Double) when sign != '%' => CelValue.Of(Floating(sign, left.Double, right.Double)),
                (CelKind.String, CelKind.String) when sign == '+' => CelValue.Of(left.Text + right.Text),
                (CelKind.Bytes, CelKind.Bytes) when sign == '+' => CelValue.Of((byte[])[.. left.Bytes.Span, .. right.Bytes.Span]),
                (CelKind.List, CelKind.List) when sign == '+' => CelValue.Of([.. left.Items, .. right.Items]),
                (CelKind.Timestamp, CelKind.Timestamp) when sign == '-' => CelValue.Of(left.Timestamp - right.Timestamp),
                (CelKind.Timestamp, CelKind.Duration) when sign == '+' => CelValue.Of(left.Timestamp + right.Duration),
                (CelKind.Timestamp, CelKind.Duration) when sign == '-' => CelValue.Of(left.Timestamp - right.Duration),
                (CelKind.Duration, CelKind.Timestamp) when sign == '+' => CelValue.Of(right.Timestamp + left.Duration),
                (CelKind.Duration, CelKind.Duration) when sign == '+' => CelValue.Of(left.Duration + right.Duration),
                (CelKind.Duration, CelKind.Duration) when sign == '-' => CelValue.Of(left.Duration - right.Duration),
                _ => Opaque(sign, left, right),
            };
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            return CelValue.Error(exception is OverflowException ? "The result is too large." : exception.Message);
        }
    }

    public static CelValue NoOverload(string sign, CelValue left, CelValue right) =>
        CelValue.Error($"{sign} cannot be applied to {left.TypeName} and {right.TypeName}.");

    private static CelValue Opaque(char sign, CelValue left, CelValue right)
    {
        var result = TryJoin(left, right, out var type, out var one, out var other) ? type.Combine(sign, one, other) : null;
        return result is null ? NoOverload(sign.ToString(), left, right) : CelValue.Of(result, type);
    }

    private static bool TryJoin(CelValue left, CelValue right, out CelType type, out object one, out object other)
    {
        type = left.Kind == CelKind.Opaque ? left.OpaqueType : right.Kind == CelKind.Opaque ? right.OpaqueType : CelDecimal.Type;
        var first = left.Kind == CelKind.Opaque ? left.Opaque : IsNumber(left) ? type.FromNumber(left) : null;
        var second = right.Kind == CelKind.Opaque ? right.Opaque : IsNumber(right) ? type.FromNumber(right) : null;
        one = first ?? "";
        other = second ?? "";
        return (left.Kind == CelKind.Opaque || right.Kind == CelKind.Opaque)
            && type.ClrType.IsInstanceOfType(first) && type.ClrType.IsInstanceOfType(second);
    }

    private static CelValue Whole(char sign, long left, long right) => sign switch
    {
        '+' => CelValue.Of(checked(left + right)),
        '-' => CelValue.Of(checked(left - right)),
        '*' => CelValue.Of(checked(left * right)),
        '/' => right == 0 ? CelValue.Error("Division by zero.") : CelValue.Of(checked(left / right)),
        _ => right == 0 ? CelValue.Error("Division by zero.") : CelValue.Of(right == -1 ? 0 : left % right),
    };

    private static CelValue Unsigned(char sign, ulong left, ulong right) => sign switch
    {
        '+' => CelValue.Of(checked(left + right)),
        '-' => CelValue.Of(checked(left - right)),
        '*' => CelValue.Of(checked(left * right)),
        '/' => right == 0 ? CelValue.Error("Division by zero.") : CelValue.Of(left / right),
        _ => right == 0 ? CelValue.Error("Division by zero.") : CelValue.Of(left % right),
    };

    private static double Floating(char sign, double left, double right) => sign switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        _ => left / right,
    };

    public static bool IsNumber(CelValue value) => value.Kind is CelKind.Int or CelKind.UInt or CelKind.Double;

    private static int? CompareNumbers(CelValue left, CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.Int) => left.Int.CompareTo(right.Int),
        (CelKind.UInt, CelKind.UInt) => left.UInt.CompareTo(right.UInt),
        (CelKind.Int, CelKind.UInt) => left.Int < 0 ? -1 : ((ulong)left.Int).CompareTo(right.UInt),
        (CelKind.UInt, CelKind.Int) => right.Int < 0 ? 1 : left.UInt.CompareTo((ulong)right.Int),
        (CelKind.Double, CelKind.Double) => Floats(left.Double, right.Double),
        (CelKind.Double, _) => -WithDouble(right, left.Double),
        _ => WithDouble(left, right.Double),
    };

    private static int? Floats(double left, double right) => double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right);

    /// <summary>Whole against floating without losing digits of either.</summary>
    private static int? WithDouble(CelValue whole, double floating)
    {
        if (double.IsNaN(floating))
            return null;
        if (floating >= 1.8446744073709552E19)
            return -1;
        if (floating < -9.223372036854775808E18)
            return 1;
        var exact = whole.Kind == CelKind.Int ? (Int128)whole.Int : whole.UInt;
        var byWhole = exact.CompareTo((Int128)Math.Truncate(floating));
        return byWhole != 0 ? byWhole : 0.0.CompareTo(floating - Math.Truncate(floating));
    }
}
