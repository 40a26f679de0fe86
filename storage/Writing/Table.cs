using CentralPay.Workflows.Storage.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>A table as statements write it, read once from the model that also made it.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, Column> byName;
    private readonly Column[] carried;
    private readonly Column[] key;
    private readonly Column? revision;
    private readonly string insert;
    private readonly string update;
    private readonly Dialect dialect;

    public Table(IEntityType entity, Dialect dialect, IReadOnlyDictionary<string, Func<object, object?>>? given = null, (string Column, string Expression)? computed = null)
    {
        this.dialect = dialect;
        Name = entity.GetTableName()!;
        RecordType = entity.ClrType;
        var store = StoreObjectIdentifier.Table(Name);
        Column[] columns = [.. entity.GetFlattenedProperties().Select(property => new Column(property, store, given?.GetValueOrDefault(property.Name)))];
        byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
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

        insert = $"INSERT INTO {Name} ({ColumnList}) VALUES ({ValueList})";
        update = UpdateText();
        InsertOnceByKey = byName.ContainsKey("key") ? InsertOnceText(unless: null) : "";
    }

    public string Name { get; }

    public Type RecordType { get; }

    public string ColumnList { get; }

    public string ValueList { get; }

    public int CarriedCount => carried.Length;

    private string InsertOnceByKey { get; }

    public Column this[string column] => byName[column];

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

    /// <summary>Inserts the record, or fails.</summary>
    public Statement Insert(object record) => new(insert, ValuesOf(record), Name, MustTouch.Anything);

    /// <summary>Inserts unless a query finds rows; <paramref name="also"/> is the parameter after the record's own.</summary>
    public Statement InsertUnless(object record, string found, SqlValue also) =>
        new($"INSERT INTO {Name} ({ColumnList}) SELECT {ValueList} WHERE NOT EXISTS ({found})", [.. ValuesOf(record), also], Name, MustTouch.Anything);

    /// <summary>Inserts unless a row of the merchant has the record's key.</summary>
    public Statement InsertOnce(object record) => new(InsertOnceByKey, ValuesOf(record), Name, MustTouch.Anything);

    /// <summary>Inserts unless a row of the merchant has the record's key, or a query finds rows.</summary>
    public Statement InsertOnceUnless(object record, string found) => new(InsertOnceText(found), ValuesOf(record), Name, MustTouch.Anything);

    /// <summary>Writes the record over the row that has its identity and the expected revision.</summary>
    public Statement Update(object record, long expectedRevision)
    {
        var values = new SqlValue[carried.Length + 1];
        ValuesOf(record).CopyTo(values, 0);
        values[^1] = revision!.With(expectedRevision);
        return new Statement(update, values, Name, MustTouch.OneRow);
    }

    private string InsertOnceText(string? unless)
    {
        return dialect.InsertOnce(Name, ColumnList, ValueList, [Unique("merchant_id"), Unique("key")], unless);

        (string, string) Unique(string column) => (Quoted(column), dialect.Parameter(Place(column)));
    }

    private string UpdateText()
    {
        if (revision is null)
        {
            return "";
        }

        var set = carried.Select((column, index) => (column, index)).Where(part => !key.Contains(part.column))
            .Select(part => $"{Quoted(part.column.Name)} = {dialect.Parameter(part.index + 1)}");
        var where = key.Select(column => $"{Quoted(column.Name)} = {dialect.Parameter(Place(column.Name))}");
        return $"UPDATE {Name} SET {string.Join(", ", set)} WHERE {string.Join(" AND ", where)} AND revision = {dialect.Parameter(carried.Length + 1)}";
    }
}
