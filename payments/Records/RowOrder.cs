using System.Linq.Expressions;

namespace CentralPay.Workflows.Payments.Records;

/// <summary>What a list is ordered by; among equals the newest row comes first. Pure: it writes expressions, the store runs them.</summary>
public abstract class RowOrder<T> where T : class, IMerchantRecord
{
    private protected static readonly ParameterExpression Row = Expression.Parameter(typeof(T), "row");
    private protected static readonly MemberExpression Id = Expression.Property(Row, nameof(IMerchantRecord.Id));

    private protected RowOrder()
    {
    }

    /// <summary>The newest rows first.</summary>
    public static RowOrder<T> Newest { get; } = By(Expression.Lambda<Func<T, Guid>>(Id, Row), descending: true);

    /// <summary>By a value that is never null and that databases order: a date, an amount, a text.</summary>
    /// <param name="key">The value, read from the row.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    public static RowOrder<T> By<TKey>(Expression<Func<T, TKey>> key, bool descending = false)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new RowOrder<T, TKey>(key, descending);
    }

    /// <summary>The rows in this order, those after <paramref name="last"/> only where it is given.</summary>
    public abstract IQueryable<T> Over(IQueryable<T> rows, T? last);
}

internal sealed class RowOrder<T, TKey> : RowOrder<T> where T : class, IMerchantRecord
{
    private readonly Expression<Func<T, TKey>> key;
    private readonly Func<T, TKey> read;
    private readonly bool descending;

    internal RowOrder(Expression<Func<T, TKey>> key, bool descending)
    {
        this.key = Expression.Lambda<Func<T, TKey>>(new Renamed(key.Parameters[0]).Visit(key.Body), Row);
        this.descending = descending;
        read = key.Compile(preferInterpretation: true);
    }

    public override IQueryable<T> Over(IQueryable<T> rows, T? last)
    {
        var byId = Expression.Lambda<Func<T, Guid>>(Id, Row);
        var later = last is null ? rows : rows.Where(After(read(last), last.Id));
        return (descending ? later.OrderByDescending(key) : later.OrderBy(key)).ThenByDescending(byId);
    }

    private Expression<Func<T, bool>> After(TKey value, Guid id)
    {
        var bound = Captured(value);
        var beyond = Compared(bound);
        var older = Expression.AndAlso(Expression.Equal(key.Body, bound), Expression.LessThan(Id, Captured(id)));
        return Expression.Lambda<Func<T, bool>>(Expression.OrElse(beyond, older), Row);
    }

    // Texts have no operator for it, but a comparison that every database knows.
    private BinaryExpression Compared(Expression bound)
    {
        var (left, right) = typeof(TKey) == typeof(string)
            ? (Expression.Call(typeof(string), nameof(string.Compare), null, key.Body, bound), (Expression)Expression.Constant(0))
            : (key.Body, bound);
        return descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);
    }

    // A captured variable becomes a parameter of the statement; a constant would make a new statement for each value.
    private static MemberExpression Captured<TValue>(TValue value)
    {
        Expression<Func<TValue>> captured = () => value;
        return (MemberExpression)captured.Body;
    }

    private sealed class Renamed(ParameterExpression from) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? Row : node;
    }
}
