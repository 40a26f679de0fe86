using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>Makes records of rows whose columns come in the order of <see cref="Columns"/>: put together from the model and compiled once, for reads that are made too often to go through a context.</summary>
internal sealed class RowReader
{
    private readonly Delegate read;

    /// <summary>A reader for a type of records whose values are all columns of its table.</summary>
    public RowReader(IEntityType entity)
    {
        var store = StoreObjectIdentifier.Table(entity.GetTableName()!);
        var row = Expression.Parameter(typeof(DbDataReader), "row");
        var columns = new List<string>();
        read = Expression.Lambda(Made(entity, row, store, columns), row).Compile();
        Columns = columns;
    }

    /// <summary>The columns it reads.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The record of a row.</summary>
    public T Read<T>(DbDataReader row) => ((Func<DbDataReader, T>)read)(row);

    private static Expression Made(ITypeBase type, ParameterExpression row, StoreObjectIdentifier store, List<string> columns)
    {
        var values = new Dictionary<string, Expression>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties().Where(property => !property.IsShadowProperty()))
        {
            values.Add(property.Name, ValueOf(property, row, columns.Count));
            columns.Add(property.GetColumnName(store)!);
        }

        foreach (var complex in type.GetComplexProperties())
        {
            var first = columns.Count;
            var made = Made(complex.ComplexType, row, store, columns);
            values.Add(complex.Name, complex.IsNullable
                ? Expression.Condition(IsNull(row, first), Expression.Default(complex.ClrType), Expression.Convert(made, complex.ClrType))
                : made);
        }

        var constructor = type.ClrType.GetConstructors().Where(candidate => candidate.GetParameters().All(parameter => values.ContainsKey(parameter.Name!))).MaxBy(candidate => candidate.GetParameters().Length);
        if (constructor is null || constructor.GetParameters().Length == 0)
        {
            return Expression.MemberInit(Expression.New(type.ClrType), values.Select(value => Expression.Bind(type.ClrType.GetProperty(value.Key)!, value.Value)));
        }

        return Expression.New(constructor, constructor.GetParameters().Select(parameter => values[parameter.Name!]));
    }

    private static Expression ValueOf(IProperty property, ParameterExpression row, int column)
    {
        var type = property.GetRelationalTypeMapping();
        var get = type.GetDataReaderMethod();
        var value = type.CustomizeDataReaderExpression(Expression.Call(row, get, Expression.Constant(column)));
        if (type.Converter is { } converter)
        {
            value = Expression.Invoke(converter.ConvertFromProviderExpression, value.Type == converter.ProviderClrType ? value : Expression.Convert(value, converter.ProviderClrType));
        }

        value = value.Type == property.ClrType ? value : Expression.Convert(value, property.ClrType);
        return property.IsNullable ? Expression.Condition(IsNull(row, column), Expression.Default(property.ClrType), value) : value;
    }

    private static MethodCallExpression IsNull(ParameterExpression row, int column) => Expression.Call(row, nameof(DbDataReader.IsDBNull), null, Expression.Constant(column));
}
