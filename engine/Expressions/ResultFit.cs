using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>Whether what an expression gives can be what it is for; the best first.</summary>
internal enum Fit
{
    /// <summary>It can, or nobody knows before a case runs.</summary>
    Fits,

    /// <summary>Only where a text happens to hold what is wanted.</summary>
    Doubtful,

    /// <summary>In no case.</summary>
    Never,
}

/// <summary>Compares the type of an expression with the type its value is turned into (<see cref="ValueConversion"/>).</summary>
internal static class ResultFit
{
    private static readonly CelType Number = CelType.OneOf(CelType.Int, CelType.UInt, CelType.Double, CelType.Decimal);
    private static readonly CelType Shown = CelType.OneOf(CelType.String, CelType.Bool, Number, CelType.Timestamp, CelType.Duration, CelType.Type);
    private static readonly CelType Instant = CelType.OneOf(CelType.Timestamp, CelType.String);
    private static readonly CelType Span = CelType.OneOf(CelType.Duration, CelType.String);
    private static readonly CelType Choice = CelType.OneOf(CelType.String, CelType.Int);

    public static Fit Of(CelType result, Type wanted)
    {
        var plain = Nullable.GetUnderlyingType(wanted) ?? wanted;
        return result.Options.Min(option => OfOne(option, plain));
    }

    /// <summary>What problems call a type that is wanted.</summary>
    public static string NameOf(Type wanted)
    {
        var plain = Nullable.GetUnderlyingType(wanted) ?? wanted;
        return IsNumeric(plain) ? "number"
            : plain == typeof(bool) ? CelType.Bool.Name
            : plain == typeof(DateTimeOffset) || plain == typeof(DateTime) ? CelType.Timestamp.Name
            : plain == typeof(TimeSpan) ? CelType.Duration.Name
            : ItemOf(plain) is not null ? CelType.AnyList.Name
            : CelType.String.Name;
    }

    private static Fit OfOne(CelType result, Type wanted)
    {
        if (result.IsDyn || result == CelType.Null)
            return Fit.Fits;
        if (ItemOf(wanted) is { } item)
            return result is CelListType list ? Of(list.Item, item) : result == CelType.String ? Fit.Doubtful : Fit.Never;
        if (Accepted(wanted) is not { } accepted || result.Fits(accepted) || (result is CelHostType && wanted == typeof(string)))
            return Fit.Fits;
        return result == CelType.String && IsNumeric(wanted) ? Fit.Doubtful : Fit.Never;
    }

    /// <summary>What can become a value of a type; null where that is the type's own business.</summary>
    private static CelType? Accepted(Type wanted)
    {
        if (wanted == typeof(bool))
            return CelType.Bool;
        if (wanted == typeof(string))
            return Shown;
        if (wanted.IsEnum)
            return Choice;
        if (IsNumeric(wanted))
            return Number;
        if (wanted == typeof(DateTimeOffset) || wanted == typeof(DateTime))
            return Instant;
        if (wanted == typeof(TimeSpan))
            return Span;
        return wanted == typeof(DateOnly) || wanted == typeof(TimeOnly) || wanted == typeof(Guid) || wanted == typeof(Uri) ? CelType.String : null;
    }

    private static Type? ItemOf(Type wanted) => wanted == typeof(byte[]) ? null : TypeAliases.ElementOf(wanted);

    private static bool IsNumeric(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;
}
