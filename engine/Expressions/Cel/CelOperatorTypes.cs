namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>What CEL's operators give for two types, as <see cref="CelOperators"/> does for two values. Of a type that is one of several, one that fits is enough.</summary>
internal static class CelOperatorTypes
{
    /// <summary>Whether values of the two types can be equal: anything may be null, and lists and maps are as equal as what is in them.</summary>
    public static bool MayBeEqual(CelType left, CelType right) => AnyPair(left, right, static (one, other) => (one, other) switch
    {
        (CelListType list, CelListType beside) => MayBeEqual(list.Item, beside.Item),
        (CelMapType map, CelMapType beside) => MayBeEqual(map.Key, beside.Key) && MayBeEqual(map.Value, beside.Value),
        _ => IsNull(one) || IsNull(other) || one.Fits(other) || (one.IsNumber && other.IsNumber) || JoinsNumber(one, other),
    });

    public static bool HaveOrder(CelType left, CelType right) => AnyPair(left, right, static (one, other) =>
        (one.IsNumber && other.IsNumber)
        || (ReferenceEquals(one, other) && (IsOrdered(one) || one is CelHostType { HasOrder: true }))
        || (JoinsNumber(one, other) && (one is CelHostType { HasOrder: true } || other is CelHostType { HasOrder: true })));

    /// <summary>Whether a collection can hold an item, or have it as a key.</summary>
    public static bool MayHold(CelType collection, CelType item) => collection.Options.Any(option => option switch
    {
        CelListType list => MayBeEqual(list.Item, item),
        CelMapType map => MayBeEqual(map.Key, item),
        CelMembers => item.Fits(CelType.String),
        _ => option.IsDyn,
    });

    public static bool CanBeNegated(CelType type) =>
        type.IsDyn || type == CelType.Int || type == CelType.Double || type == CelType.Duration || (type is CelHostType { TakesNumbers: true } host && host.Combines('-'));

    /// <summary>What arithmetic gives; null where no operator of the sign takes the two.</summary>
    public static CelType? Combined(char sign, CelType left, CelType right)
    {
        var results = left.Options.SelectMany(_ => right.Options, (one, other) => OfPair(sign, one, other)).OfType<CelType>().ToArray();
        return results.Length == 0 ? null : CelType.OneOf(results);
    }

    private static CelType? OfPair(char sign, CelType left, CelType right) => (left, right) switch
    {
        _ when left.IsDyn || right.IsDyn => CelType.Dyn,
        (CelListType one, CelListType other) when sign == '+' => CelType.List(CelType.OneOf(one.Item, other.Item)),
        (CelHostType host, _) when host.Combines(sign) && (right == host || (right.IsNumber && host.TakesNumbers)) => host,
        (_, CelHostType host) when host.Combines(sign) && left.IsNumber && host.TakesNumbers => host,
        _ when left == CelType.Timestamp => right == CelType.Duration && sign is '+' or '-' ? CelType.Timestamp : right == CelType.Timestamp && sign == '-' ? CelType.Duration : null,
        _ when right == CelType.Timestamp => left == CelType.Duration && sign == '+' ? CelType.Timestamp : null,
        _ when left != right => null,
        _ when left == CelType.Int || left == CelType.UInt => left,
        _ when left == CelType.Double => sign == '%' ? null : left,
        _ when left == CelType.String || left == CelType.Bytes => sign == '+' ? left : null,
        _ when left == CelType.Duration => sign is '+' or '-' ? left : null,
        _ => null,
    };

    private static bool AnyPair(CelType left, CelType right, Func<CelType, CelType, bool> fits) =>
        left.Options.Any(one => right.Options.Any(other => one.IsDyn || other.IsDyn || fits(one, other)));

    private static bool JoinsNumber(CelType one, CelType other) =>
        (one is CelHostType { TakesNumbers: true } && other.IsNumber) || (other is CelHostType { TakesNumbers: true } && one.IsNumber);

    private static bool IsNull(CelType type) => type == CelType.Null;

    private static bool IsOrdered(CelType type) =>
        type == CelType.Bool || type == CelType.String || type == CelType.Bytes || type == CelType.Timestamp || type == CelType.Duration;
}
