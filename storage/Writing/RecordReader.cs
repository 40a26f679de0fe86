using System.Linq.Expressions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>
/// Reads one merchant's records: the committed rows, with what the unit of work has appended laid over them. In a burst,
/// which waits for nobody outside, a row found by its identity stays as it was read until the burst ends, so that all its
/// steps decide upon one state; a change that is based on an old one is refused by its revision.
/// </summary>
internal sealed class RecordReader(Lazy<CollectionsDb> context, Database database, MerchantBinding merchant)
{
    private Dictionary<(Type, Guid), IMerchantRecord>? seen;

    private CollectionsDb Db => context.Value;

    /// <summary>Keeps what is read from here on.</summary>
    public void Keep() => seen = [];

    /// <summary>Reads anew from here on.</summary>
    public void Forget() => seen?.Clear();

    public async ValueTask<T?> FindAsync<T>(ChangeList changes, Guid id, CancellationToken cancellationToken)
        where T : class, IMerchantRecord
    {
        if (changes.Of(typeof(T)).TryGetValue(id, out var appended))
        {
            return changes.AsItStands((T)appended);
        }

        if (seen?.GetValueOrDefault((typeof(T), id)) is T known)
        {
            return changes.AsItStands(known);
        }

        if (await ByIdAsync<T>(id, cancellationToken) is not { } stored)
        {
            return null;
        }

        seen?[(typeof(T), id)] = stored;
        return changes.AsItStands(stored);
    }

    public async ValueTask<IReadOnlyList<T>> ListAsync<T>(ChangeList changes, Expression<Func<T, bool>> where, int limit, CancellationToken cancellationToken)
        where T : class, IMerchantRecord
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var appended = changes.Of(typeof(T));
        var stored = await StoredAsync(where, limit + appended.Count, cancellationToken);
        if (seen is not null)
        {
            foreach (var row in stored)
            {
                seen[(typeof(T), row.Id)] = row;
            }
        }

        if (appended.Count == 0)
        {
            return [.. stored.Take(limit).Select(changes.AsItStands)];
        }

        var fits = where.Compile(preferInterpretation: true);
        return [.. stored.Where(row => !appended.ContainsKey(row.Id))
            .Concat(appended.Values.Cast<T>().Where(fits))
            .OrderBy(row => row.Id)
            .Take(limit)
            .Select(changes.AsItStands)];
    }

    public async ValueTask<IReadOnlyList<T>> PageAsync<T>(Expression<Func<T, bool>> where, Guid? before, int limit, CancellationToken cancellationToken)
        where T : class, IMerchantRecord
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var rows = Db.Set<T>().AsNoTracking().Where(where);
        if (before is { } last)
        {
            rows = rows.Where(ById<T>.Before(last));
        }

        return await rows.OrderByDescending(ById<T>.Order).Take(limit).ToListAsync(cancellationToken);
    }

    public async ValueTask<IReadOnlyList<T>> PageAsync<T>(Expression<Func<T, bool>> where, RowOrder<T> order, Guid? after, int limit, CancellationToken cancellationToken)
        where T : class, IMerchantRecord
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var rows = Db.Set<T>().AsNoTracking();
        var last = after is { } id ? await rows.FirstOrDefaultAsync(ById<T>.Is(id), cancellationToken) : null;
        return after is not null && last is null ? [] : await order.Over(rows.Where(where), last).Take(limit).ToListAsync(cancellationToken);
    }

    public async ValueTask<int> CountAsync<T>(Expression<Func<T, bool>> where, CancellationToken cancellationToken)
        where T : class, IMerchantRecord => await Db.Set<T>().CountAsync(where, cancellationToken);

    // What is read most often, by hand.
    private async Task<T?> ByIdAsync<T>(Guid id, CancellationToken cancellationToken)
        where T : class, IMerchantRecord
    {
        var table = database.Tables.For<T>();
        var text = table.Text("find", () => $"{SelectText(table)} AND id = {database.Dialect.Parameter(2)}");
        return await RowsAsync<T>(text.Alone, [table["merchant_id"].With(merchant.MerchantId), table["id"].With(id)], cancellationToken) is [var found] ? found : null;
    }

    private async Task<List<T>> StoredAsync<T>(Expression<Func<T, bool>> where, int limit, CancellationToken cancellationToken)
        where T : class, IMerchantRecord
    {
        var table = database.Tables.For<T>();
        List<SqlValue> values = [table["merchant_id"].With(merchant.MerchantId), new(limit)];
        return database.Dialect.AtMost(database.Dialect.Parameter(2)) is { } atMost && Condition.Of(table, database.Dialect, where, values) is { } condition
            ? await RowsAsync<T>($"{SelectText(table)} AND {condition} ORDER BY id {atMost}", [.. values], cancellationToken)
            : await Db.Set<T>().AsNoTracking().Where(where).OrderBy(ById<T>.Order).Take(limit).ToListAsync(cancellationToken);
    }

    private string SelectText(Table table) => table.Text("select", () =>
        $"SELECT {string.Join(", ", table.Rows.Columns.Select(Table.Quoted))} FROM {table.Name} WHERE merchant_id = {database.Dialect.Parameter(1)}").Alone;

    private async Task<List<T>> RowsAsync<T>(string sql, SqlValue[] values, CancellationToken cancellationToken)
    {
        var rows = database.Tables.For<T>().Rows;
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        StatementRunner.Fill(database.Dialect, command, command.Parameters, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(rows.Read<T>(reader));
        }

        return found;
    }

    // Written on the record's own property: through the interface it could not be translated for every type.
    private static class ById<T>
        where T : class, IMerchantRecord
    {
        private static readonly ParameterExpression Row = Expression.Parameter(typeof(T), "row");
        private static readonly MemberExpression Id = Expression.Property(Row, nameof(IMerchantRecord.Id));

        public static Expression<Func<T, Guid>> Order { get; } = Expression.Lambda<Func<T, Guid>>(Id, Row);

        public static Expression<Func<T, bool>> Is(Guid id) =>
            Expression.Lambda<Func<T, bool>>(Expression.Equal(Id, Captured(id)), Row);

        public static Expression<Func<T, bool>> Before(Guid id) =>
            Expression.Lambda<Func<T, bool>>(Expression.LessThan(Id, Captured(id)), Row);

        // A captured variable becomes a parameter of the statement; a constant would make a new statement for each value.
        private static MemberExpression Captured(Guid id)
        {
            Expression<Func<Guid>> captured = () => id;
            return (MemberExpression)captured.Body;
        }
    }
}
