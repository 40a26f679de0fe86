using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>A value on its way into a statement, with the column type it goes to where one is known.</summary>
internal readonly record struct SqlValue(object? Value, RelationalTypeMapping? Type = null)
{
    /// <summary>Whether it is an array of values, each of the type.</summary>
    public bool IsList { get; init; }
}

/// <summary>A column of a table: its name, its type, and how its value is taken from a record.</summary>
internal sealed class Column
{
    private readonly Func<object, object?>? read;

    public Column(IProperty property, StoreObjectIdentifier table, Func<object, object?>? given = null)
    {
        Name = property.GetColumnName(table)!;
        Type = property.GetRelationalTypeMapping();
        ClrType = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        (Path, IsNullable) = PathOf(property);
        read = given ?? (property.IsShadowProperty() ? null : Compile(property));
    }

    public string Name { get; }

    public RelationalTypeMapping Type { get; }

    /// <summary>The type of its values in records.</summary>
    public Type ClrType { get; }

    /// <summary>How a record names it, from property to property: "Amount.Currency".</summary>
    public string Path { get; }

    /// <summary>Whether a row may have nothing in it.</summary>
    public bool IsNullable { get; }

    /// <summary>Whether records carry it; the others are the queue's own.</summary>
    public bool IsCarried => read is not null;

    public SqlValue Of(object record) => new(read!(record), Type);

    public SqlValue With(object? value) => new(value, Type);

    private static (string Path, bool IsNullable) PathOf(IProperty property)
    {
        var (path, isNullable) = (property.Name, property.IsNullable);
        for (var owner = property.DeclaringType; owner is IComplexType { ComplexProperty: var outer }; owner = outer.DeclaringType)
        {
            path = $"{outer.Name}.{path}";
            isNullable |= outer.IsNullable;
        }

        return (path, isNullable);
    }

    // Compiled once for each column: a commit of hundreds of rows must not reflect.
    private static Func<object, object?> Compile(IProperty property)
    {
        var path = new Stack<IPropertyBase>();
        path.Push(property);
        var owner = property.DeclaringType;
        while (owner is IComplexType complex)
        {
            path.Push(complex.ComplexProperty);
            owner = complex.ComplexProperty.DeclaringType;
        }

        var record = Expression.Parameter(typeof(object), "record");
        Expression value = Expression.Convert(record, owner.ClrType);
        value = Follow(value, path);
        return Expression.Lambda<Func<object, object?>>(value, record).Compile();
    }

    private static Expression Follow(Expression from, Stack<IPropertyBase> path)
    {
        if (path.Count == 0)
        {
            return Expression.Convert(from, typeof(object));
        }

        var next = path.Pop();
        var step = Expression.Property(Nullable.GetUnderlyingType(from.Type) is null ? from : Expression.Property(from, "Value"), next.PropertyInfo!);
        if (path.Count > 0 && Nullable.GetUnderlyingType(step.Type) is not null)
        {
            return Expression.Condition(Expression.Property(step, "HasValue"), Follow(step, path), Expression.Constant(null, typeof(object)));
        }

        return Follow(step, path);
    }
}
