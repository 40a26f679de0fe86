using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using CentralPay.Workflows.Storage.Databases;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>
/// A condition on a table's rows in SQL, for lists that are asked for too often to be recognised and translated by a
/// context each time: columns held against values, flags, one of a list, and, or. Anything else is not understood.
/// What stands in the program as a constant stands so in the SQL too, so that an index on some of the rows is seen to fit;
/// what it captured is a parameter.
/// </summary>
internal sealed class Condition
{
    private readonly Table table;
    private readonly Dialect dialect;
    private readonly ParameterExpression row;
    private readonly StringBuilder sql = new();
    private readonly List<SqlValue> values;

    private Condition(Table table, Dialect dialect, ParameterExpression row, List<SqlValue> values)
    {
        this.table = table;
        this.dialect = dialect;
        this.row = row;
        this.values = values;
    }

    /// <summary>The condition in SQL, its values appended to those there are; null where it is not understood.</summary>
    public static string? Of(Table table, Dialect dialect, LambdaExpression where, List<SqlValue> values)
    {
        var condition = new Condition(table, dialect, where.Parameters[0], values);
        return condition.TryWrite(where.Body) ? condition.sql.ToString() : null;
    }

    private bool TryWrite(Expression part) => part switch
    {
        BinaryExpression { NodeType: ExpressionType.AndAlso } both => TryWrite(both.Left) && Say(" AND ") && TryWrite(both.Right),
        BinaryExpression { NodeType: ExpressionType.OrElse } either => Say("(") && TryWrite(either.Left) && Say(" OR ") && TryWrite(either.Right) && Say(")"),
        BinaryExpression { Method: null or { Name: "op_Equality" or "op_Inequality" or "op_LessThan" or "op_LessThanOrEqual" or "op_GreaterThan" or "op_GreaterThanOrEqual" } } compared => TryCompare(compared),
        UnaryExpression { NodeType: ExpressionType.Not, Operand: MemberExpression flag } => Say("NOT ") && TryFlag(flag),
        MemberExpression flag => TryFlag(flag),
        ConstantExpression { Value: true } => Say("1 = 1"),
        MethodCallExpression { Method.Name: "Contains" } contains => TryOneOf(contains),
        _ => false,
    };

    private bool TryCompare(BinaryExpression compared)
    {
        if (ColumnOf(compared.Left) is { } left)
        {
            return TryCompare(left, compared.NodeType, compared.Right);
        }

        return ColumnOf(compared.Right) is { } right && TryCompare(right, Turned(compared.NodeType), compared.Left);
    }

    private bool TryCompare(Column column, ExpressionType comparison, Expression with)
    {
        if (Sign(comparison) is not { } sign || !TryValue(with, out var value, out var isConstant) || !TryFit(column, ref value))
        {
            return false;
        }

        var name = Table.Quoted(column.Name);
        if (value is null)
        {
            return comparison switch
            {
                ExpressionType.Equal => Say($"{name} IS NULL"),
                ExpressionType.NotEqual => Say($"{name} IS NOT NULL"),
                _ => false,
            };
        }

        // Texts are put in order by the database's rules, not by ours.
        if (value is string && comparison is not (ExpressionType.Equal or ExpressionType.NotEqual))
        {
            return false;
        }

        var said = isConstant ? column.Type.GenerateSqlLiteral(value) : Parameter(column.With(value));
        return comparison == ExpressionType.NotEqual && column.IsNullable
            ? Say($"({name} <> {said} OR {name} IS NULL)")
            : Say($"{name} {sign} {said}");
    }

    private bool TryFlag(MemberExpression flag) =>
        flag.Type == typeof(bool) && ColumnOf(flag) is { IsNullable: false } column && Say(Table.Quoted(column.Name));

    // An array's Contains is that of a span of it.
    private bool TryOneOf(MethodCallExpression contains)
    {
        var (list, item) = contains switch
        {
            { Object: { } own, Arguments: [var each] } => (own, each),
            { Object: null, Arguments: [var many, var each] } => (many, each),
            { Object: null, Arguments: [var many, var each, ConstantExpression { Value: null }] } => (many, each),
            _ => (null, null),
        };
        if (!dialect.HasLists || list is null || item is null || ColumnOf(item) is not { } column || !TryValue(OfSpan(list), out var value, out _) || value is string or not IEnumerable)
        {
            return false;
        }

        object?[] given = [.. ((IEnumerable)value).Cast<object?>()];
        return Array.TrueForAll(given, column.ClrType.IsInstanceOfType)
            && Say(dialect.IsOneOf(Table.Quoted(column.Name), Parameter(new SqlValue(given, column.Type) { IsList = true })));
    }

    private Column? ColumnOf(Expression part)
    {
        var path = "";
        for (part = Unconverted(part); part is MemberExpression { Expression: { } owner } member; part = Unconverted(owner))
        {
            if (member.Member.Name != nameof(Nullable<>.Value) || Nullable.GetUnderlyingType(owner.Type) is null)
            {
                path = path.Length == 0 ? member.Member.Name : $"{member.Member.Name}.{path}";
            }
        }

        return part == row ? table.At(path) : null;
    }

    // Enums come as numbers where the program names them, and whole numbers as the narrower they were written as.
    private static bool TryFit(Column column, ref object? value)
    {
        value = value switch
        {
            int number when column.ClrType.IsEnum => Enum.ToObject(column.ClrType, number),
            int number when column.ClrType == typeof(long) => (long)number,
            _ => value,
        };
        return value is null || column.ClrType.IsInstanceOfType(value);
    }

    private static bool TryValue(Expression part, out object? value, out bool isConstant)
    {
        part = Unconverted(part);
        isConstant = part is ConstantExpression;
        switch (part)
        {
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case MemberExpression { Expression: null, Member: FieldInfo shared }:
                value = shared.GetValue(null);
                return true;
            case MemberExpression { Expression: { } owner } member when TryValue(owner, out var holder, out _) && holder is not null:
                value = member.Member is FieldInfo field ? field.GetValue(holder) : ((PropertyInfo)member.Member).GetValue(holder);
                return true;
            default:
                value = null;
                return false;
        }
    }

    private static Expression Unconverted(Expression part)
    {
        while (part is UnaryExpression { NodeType: ExpressionType.Convert, Method: null } converted)
        {
            part = converted.Operand;
        }

        return part;
    }

    private static Expression OfSpan(Expression list) => list switch
    {
        MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var array] } => array,
        UnaryExpression { NodeType: ExpressionType.Convert, Method.Name: "op_Implicit", Operand: var array } => array,
        _ => list,
    };

    private static string? Sign(ExpressionType comparison) => comparison switch
    {
        ExpressionType.Equal => "=",
        ExpressionType.NotEqual => "<>",
        ExpressionType.LessThan => "<",
        ExpressionType.LessThanOrEqual => "<=",
        ExpressionType.GreaterThan => ">",
        ExpressionType.GreaterThanOrEqual => ">=",
        _ => null,
    };

    private static ExpressionType Turned(ExpressionType comparison) => comparison switch
    {
        ExpressionType.LessThan => ExpressionType.GreaterThan,
        ExpressionType.LessThanOrEqual => ExpressionType.GreaterThanOrEqual,
        ExpressionType.GreaterThan => ExpressionType.LessThan,
        ExpressionType.GreaterThanOrEqual => ExpressionType.LessThanOrEqual,
        _ => comparison,
    };

    private string Parameter(SqlValue value)
    {
        values.Add(value);
        return dialect.Parameter(values.Count);
    }

    private bool Say(string words)
    {
        sql.Append(words);
        return true;
    }
}
