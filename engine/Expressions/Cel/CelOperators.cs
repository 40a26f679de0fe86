namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>What CEL's operators do with two values. Numbers of different kinds are equal and ordered by what they are worth.</summary>
internal static class CelOperators
{
    public const string TooLarge = "The result is too large.";

    /// <summary>What a text, or a row of bytes, that an expression puts together has at the most.</summary>
    public const int MostCharacters = 1_000_000;

    public static bool AreEqual(in CelValue left, in CelValue right)
    {
        if (left.Kind != right.Kind)
            return IsNumber(left) && IsNumber(right) ? CompareNumbers(left, right) == 0
                : left.Kind == CelKind.Opaque ? left.HostValue.IsEqual(right)
                : right.Kind == CelKind.Opaque && right.HostValue.IsEqual(left);
        return left.Kind switch
        {
            CelKind.Null => true,
            CelKind.Bool or CelKind.Int or CelKind.UInt or CelKind.Timestamp or CelKind.Duration => left.Int == right.Int,
            CelKind.Double => left.Double == right.Double,
            CelKind.String => string.Equals(left.Text, right.Text, StringComparison.Ordinal),
            CelKind.Bytes => left.Bytes.Span.SequenceEqual(right.Bytes.Span),
            CelKind.List => AreEqual(left.Items, right.Items),
            CelKind.Map => left.Map.Count == right.Map.Count && AreEqual(left.Map, right.Map),
            CelKind.Opaque => left.HostValue.IsEqual(right),
            CelKind.Type => ReferenceEquals(left.TypeValue, right.TypeValue),
            _ => false,
        };
    }

    /// <summary>Less than, equal to or greater than zero; null where the two have no order.</summary>
    public static int? Compare(in CelValue left, in CelValue right)
    {
        if (left.Kind != right.Kind)
            return IsNumber(left) && IsNumber(right) ? CompareNumbers(left, right)
                : left.Kind == CelKind.Opaque ? left.HostValue.Compare(right)
                : right.Kind == CelKind.Opaque ? -right.HostValue.Compare(left)
                : null;
        return left.Kind switch
        {
            CelKind.Bool or CelKind.Int or CelKind.Timestamp or CelKind.Duration => left.Int.CompareTo(right.Int),
            CelKind.UInt => left.UInt.CompareTo(right.UInt),
            CelKind.Double => Floats(left.Double, right.Double),
            CelKind.String => CompareTexts(left.Text, right.Text),
            CelKind.Bytes => left.Bytes.Span.SequenceCompareTo(right.Bytes.Span),
            CelKind.Opaque => left.HostValue.Compare(right),
            _ => null,
        };
    }

    /// <summary>Whether two numbers have no order because one of them is none (NaN): each comparison of them is false.</summary>
    public static bool IsUnordered(in CelValue left, in CelValue right) =>
        IsAmongNumbers(left) && IsAmongNumbers(right) && ((left.Kind == CelKind.Double && double.IsNaN(left.Double)) || (right.Kind == CelKind.Double && double.IsNaN(right.Double)));

    public static bool Contains(IReadOnlyList<CelValue> items, in CelValue item)
    {
        for (var index = 0; index < items.Count; index++)
        {
            if (!CelBudget.TryTake(1))
                return false;
            if (AreEqual(items[index], item))
                return true;
        }

        return false;
    }

    public static CelValue Arithmetic(char sign, in CelValue left, in CelValue right)
    {
        try
        {
            return (left.Kind, right.Kind) switch
            {
                (CelKind.Int, CelKind.Int) => Whole(sign, left.Int, right.Int),
                (CelKind.UInt, CelKind.UInt) => Unsigned(sign, left.UInt, right.UInt),
                (CelKind.Double, CelKind.Double) when sign != '%' => CelValue.Of(Floating(sign, left.Double, right.Double)),
                (CelKind.String, CelKind.String) when sign == '+' => MayBe((long)left.Text.Length + right.Text.Length, MostCharacters, CelBudget.CharactersOfPart) ?? CelValue.Of(left.Text + right.Text),
                (CelKind.Bytes, CelKind.Bytes) when sign == '+' => MayBe((long)left.Bytes.Length + right.Bytes.Length, MostCharacters, CelBudget.CharactersOfPart) ?? CelValue.Of((byte[])[.. left.Bytes.Span, .. right.Bytes.Span]),
                (CelKind.List, CelKind.List) when sign == '+' => MayBe((long)left.Items.Count + right.Items.Count, CelBudget.MostItems, 1) ?? CelValue.Of([.. left.Items, .. right.Items]),
                (CelKind.Timestamp, CelKind.Timestamp) when sign == '-' => CelValue.Of(left.Timestamp - right.Timestamp),
                (CelKind.Timestamp, CelKind.Duration) when sign == '+' => CelValue.Of(left.Timestamp + right.Duration),
                (CelKind.Timestamp, CelKind.Duration) when sign == '-' => CelValue.Of(left.Timestamp - right.Duration),
                (CelKind.Duration, CelKind.Timestamp) when sign == '+' => CelValue.Of(right.Timestamp + left.Duration),
                (CelKind.Duration, CelKind.Duration) when sign == '+' => CelValue.Of(left.Duration + right.Duration),
                (CelKind.Duration, CelKind.Duration) when sign == '-' => CelValue.Of(left.Duration - right.Duration),
                _ => Opaque(sign, left, right),
            };
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException or InvalidOperationException)
        {
            return CelValue.Error(exception is OverflowException or ArgumentOutOfRangeException ? TooLarge : exception.Message);
        }
    }

    private static CelValue? MayBe(long size, int most, int perPart) => size > most ? CelValue.Error(TooLarge) : CelBudget.TryTake((int)size / perPart) ? null : CelBudget.Error;

    public static CelValue NoOverload(string sign, in CelValue left, in CelValue right) =>
        CelValue.Error($"{sign} cannot be applied to {left.TypeName} and {right.TypeName}.");

    private static CelValue Opaque(char sign, in CelValue left, in CelValue right)
    {
        var result = left.Kind == CelKind.Opaque ? left.HostValue.Combine(sign, right, isRight: false)
            : right.Kind == CelKind.Opaque ? right.HostValue.Combine(sign, left, isRight: true)
            : null;
        return result is null ? NoOverload(sign.ToString(), left, right) : CelValue.Of(result);
    }

    private static bool AreEqual(IReadOnlyList<CelValue> left, IReadOnlyList<CelValue> right)
    {
        if (left.Count != right.Count)
            return false;
        for (var index = 0; index < left.Count; index++)
        {
            if (!CelBudget.TryTake(1) || !AreEqual(left[index], right[index]))
                return false;
        }

        return true;
    }

    private static bool AreEqual(CelMap left, CelMap right) => left.Entries().All(entry => CelBudget.TryTake(1) && right.TryGet(entry.Key, out var other) && AreEqual(entry.Value, other));

    /// <summary>Texts are ordered by their code points; of UTF-16's units, surrogates would come before the last of the plane below them.</summary>
    private static int CompareTexts(string left, string right)
    {
        var at = left.AsSpan().CommonPrefixLength(right);
        if (at == left.Length || at == right.Length)
            return left.Length.CompareTo(right.Length);
        var (one, other) = (left[at], right[at]);
        return char.IsSurrogate(one) == char.IsSurrogate(other) ? one.CompareTo(other) : char.IsSurrogate(one) ? 1 : -1;
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

    public static bool IsNumber(in CelValue value) => value.Kind is CelKind.Int or CelKind.UInt or CelKind.Double;

    private static bool IsAmongNumbers(in CelValue value) => IsNumber(value) || value is { Kind: CelKind.Opaque, HostValue.Type.TakesNumbers: true };

    private static int? CompareNumbers(in CelValue left, in CelValue right) => (left.Kind, right.Kind) switch
    {
        (CelKind.Int, CelKind.UInt) => left.Int < 0 ? -1 : ((ulong)left.Int).CompareTo(right.UInt),
        (CelKind.UInt, CelKind.Int) => right.Int < 0 ? 1 : left.UInt.CompareTo((ulong)right.Int),
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
