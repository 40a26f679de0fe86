using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore.Storage;

namespace CentralPay.Workflows.Storage.PostgreSql;

/// <summary>Arrays as the driver takes them: of the type a column has in the database, with nulls where there are any.</summary>
internal static class Lists
{
    private static readonly ConcurrentDictionary<RelationalTypeMapping, Maker> Makers = new();

    /// <summary>The values, as the column's type has them in the database, in an array of their type.</summary>
    public static Array Of(RelationalTypeMapping type, object?[] values) => Makers.GetOrAdd(type, MakerOf).Make(values);

    private static Maker MakerOf(RelationalTypeMapping type)
    {
        var element = type.Converter?.ProviderClrType ?? type.ClrType;
        element = Nullable.GetUnderlyingType(element) ?? element;
        var kind = (element.IsValueType ? typeof(OfValues<>) : typeof(OfObjects<>)).MakeGenericType(element);
        return (Maker)Activator.CreateInstance(kind, type.Converter?.ConvertToProvider)!;
    }

    private abstract class Maker(Func<object?, object?>? convert)
    {
        public abstract Array Make(object?[] values);

        protected object? InDatabase(object? value) => value is null || convert is null ? value : convert(value);
    }

    private sealed class OfValues<T>(Func<object?, object?>? convert) : Maker(convert)
        where T : struct
    {
        public override Array Make(object?[] values) => Array.TrueForAll(values, value => value is not null)
            ? Array.ConvertAll(values, value => (T)InDatabase(value)!)
            : Array.ConvertAll(values, value => (T?)InDatabase(value));
    }

    private sealed class OfObjects<T>(Func<object?, object?>? convert) : Maker(convert)
        where T : class
    {
        public override Array Make(object?[] values) => Array.ConvertAll(values, value => (T?)InDatabase(value));
    }
}
