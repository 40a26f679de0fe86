using CentralPay.Workflows.Engine.Descriptors;

namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>
/// What a scenario declares is of its type whatever it was written as: an instant comes as a text, and an amount that happens to
/// be whole as a whole number, which would divide otherwise.
/// </summary>
internal static class DeclaredTypes
{
    /// <summary>Whether values of the type are brought to it: those that JSON has no word for, and lists of them. All else is what it was stored as.</summary>
    public static bool Bind(Type type) => type.IsValueType || TypeAliases.ElementOf(type) is { IsValueType: true };

    /// <summary>Whether the type has no way to say "nothing".</summary>
    public static bool MustBeSomething(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null;

    /// <summary>A value to keep in a place of the type; throws <see cref="FormatException"/> where it does not fit.</summary>
    public static object? Give(object? value, Type type) => KeptKinds.HoldsAnything(type) ? KeptKinds.Keep(ValueConversion.To(value, type)) : ValueConversion.To(value, type);

    /// <summary>The value as its type; one that does not fit, since its scenario changed under the case, is what it was.</summary>
    public static object? Read(object? value, Type? type)
    {
        if (type is null || !Bind(type))
            return value;
        try
        {
            return ValueConversion.To(value, type);
        }
        catch (FormatException)
        {
            return value;
        }
    }
}
