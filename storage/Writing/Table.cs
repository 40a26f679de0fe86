using System.Collections.Concurrent;
using CentralPay.Workflows.Storage.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>A table as statements write it, read once from the model that also made it.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, Column> byName;
    private readonly Dictionary<string, Column> byPath;
    private readonly Column[] carried;
    private readonly Column[] key;
    private readonly Column? revision;
    private readonly SqlText insert;
    private readonly SqlText update;
    private readonly Lazy<RowReader> rows;
    private readonly ConcurrentDictionary<string, SqlText> texts = new(StringComparer.Ordinal);
    private readonly Dialect dialect;

    public Table(IEntityType entity, Dialect dialect, IReadOnlyDictionary<string, Func<object, object?>>? given = null, (string Column, string Expression)? computed = null)
    {
        this.dialect = dialect;
        Name = entity.GetTableName()!;
        RecordType = entity.ClrType;
        rows = new Lazy<RowReader>(() => new RowReader(entity));
        var store = StoreObjectIdentifier.Table(Name);
        Column[] columns = [.. entity.GetFlattenedProperties().Select(property => new Column(property, store, given?.GetValueOrDefault(property.Name)))];
        byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        byPath = columns.ToDictionary(column => column.Path, StringComparer.Ordinal);
        carried = [.. columns.Where(column => column.IsCarried)];
        key = [.. entity.FindPrimaryKey()!.Properties.Select(property => byName[property.GetColumnName(store)!])];
        revision = byName.GetValueOrDefault("revision");
        ColumnList = string.Join(", ", carried.Select(column => Quoted(column.Name)));
        ValueList = string.Join(", ", carried.Select((_, index) => dialect.Parameter(index + 1)));
        if (computed is { } extra)
        {
            ColumnList += $", {Quoted(extra.Column)}";
            ValueList += $", {extra.Expression}";
        }

        insert = new SqlText($"INSERT INTO {Name} ({ColumnList}) VALUES ({ValueList})", dialect.OverMany($"INSERT INTO {Name} ({ColumnList}) SELECT {ValueList}", "FROM", ""));
        update = UpdateText();
        InsertOnceByKey = byName.ContainsKey("key") ? InsertOnceText(unless: null) : new SqlText("");
    }

    public string Name { get; }

    public Type RecordType { get; }

    public string ColumnList { get; }

    public string ValueList { get; }

    public int CarriedCount => carried.Length;

    private SqlText InsertOnceByKey { get; }

    /// <summary>Makes records of its rows.</summary>
    public RowReader Rows => rows.Value;

    public Column this[string column] => byName[column];

    /// <summary>The column that a record names so, from property to property; null where it has none.</summary>
    public Column? At(string path) => byPath.GetValueOrDefault(path);

    /// <summary>The number (from 1) of the parameter that carries a column in an insert.</summary>
    public int Place(string column) => Array.FindIndex(carried, candidate => candidate.Name == column) + 1;

    public static string Quoted(string name) => $"\"{name}\"";

    public SqlValue[] ValuesOf(object record)
    {
        var values = new SqlValue[carried.Length];
        for (var index = 0; index < carried.Length; index++)
        {
            values[index] = carried[index].Of(record);
        }

        return values;
    }

    /// <summary>What statements on the table say, made when it is first asked for.</summary>
    public SqlText Text(string name, Func<SqlText> make) => texts.GetOrAdd(name, static (_, made) => made(), make);

    /// <summary>Deletes the row that has these values.</summary>
    public Statement Delete(MustTouch mustTouch, params (string Column, object Value)[] which)
    {
        var text = Text($"delete {string.Join(' ', which.Select(each => each.Column))}", () =>
        {
            var rest = $"WHERE {string.Join(" AND ", which.Select((each, index) => $"{Name}.{Quoted(each.Column)} = {dialect.Parameter(index + 1)}"))}";
            return new SqlText($"DELETE FROM {Name} {rest}", dialect.OverMany($"DELETE FROM {Name}", "USING", rest));
        });
        return new Statement(text, [.. which.Select(each => this[each.Column].With(each.Value))], Name, mustTouch);
    }

    /// <summary>Inserts the record, or fails.</summary>
    public Statement Insert(object record) => new(insert, ValuesOf(record), Name, MustTouch.Anything);

    /// <summary>Inserts unless a query finds rows; <paramref name="also"/> is the parameter after the record's own.</summary>
    public Statement InsertUnless(object record, string found, SqlValue also) =>
        new($"INSERT INTO {Name} ({ColumnList}) SELECT {ValueList} WHERE NOT EXISTS ({found})", [.. ValuesOf(record), also], Name, MustTouch.Anything);

    /// <summary>Inserts unless a row of the merchant has the record's key.</summary>
    public Statement InsertOnce(object record) => new(InsertOnceByKey, ValuesOf(record), Name, MustTouch.Anything);

    /// <summary>Inserts unless a row of the merchant has the record's key, or a query finds rows.</summary>
    public Statement InsertOnceUnless(object record, string found) => new(Text($"once unless {found}", () => InsertOnceText(found)), ValuesOf(record), Name, MustTouch.Anything);

    /// <summary>Writes the record over the row that has its identity and the expected revision.</summary>
    public Statement Update(object record, long expectedRevision)
    {
        var values = new SqlValue[carried.Length + 1];
        ValuesOf(record).CopyTo(values, 0);
        values[^1] = revision!.With(expectedRevision);
        return new Statement(update, values, Name, MustTouch.OneRow);
    }

    private SqlText InsertOnceText(string? unless)
    {
        return dialect.InsertOnce(Name, ColumnList, ValueList, [Unique("merchant_id"), Unique("key")], unless);

        (string, string) Unique(string column) => (Quoted(column), dialect.Parameter(Place(column)));
    }

    private SqlText UpdateText()
    {
        if (revision is null)
        {
            return "";
        }

        var set = carried.Select((column, index) => (column, index)).Where(part => !key.Contains(part.column))
            .Select(part => $"{Quoted(part.column.Name)} = {dialect.Parameter(part.index + 1)}");
        var where = key.Select(column => $"{Quoted(column.Name)} = {dialect.Parameter(Place(column.Name))}");
        var (what, which) = ($"UPDATE {Name} SET {string.Join(", ", set)}", $"WHERE {string.Join(" AND ", where)} AND revision = {dialect.Parameter(carried.Length + 1)}");
        return new SqlText($"{what} {which}", dialect.OverMany(what, "FROM", which));
    }
}
