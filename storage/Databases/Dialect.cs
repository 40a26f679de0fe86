using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.EntityFrameworkCore.Storage;

namespace CentralPay.Workflows.Storage.Databases;

/// <summary>What the databases say differently, in one place. Everything else is written once, in SQL that all of them read.</summary>
public abstract partial class Dialect
{
    /// <summary>The database's own clock in microseconds since 1970: for leases alone.</summary>
    public abstract string Clock { get; }

    /// <summary>The name of the nth parameter (from 1) in a statement.</summary>
    public abstract string Parameter(int number);

    /// <summary>The name under which the nth parameter (from 1) is handed over.</summary>
    public abstract string ParameterName(int number);

    /// <summary>A statement that names its parameters {0}, {1}…, as this database names them.</summary>
    internal string Numbered(string sql) => Place().Replace(sql, place => Parameter(int.Parse(place.Groups[1].ValueSpan, CultureInfo.InvariantCulture) + 1));

    /// <summary>A condition that a column's value is one of a list given as a parameter.</summary>
    public abstract string IsOneOf(string column, string parameter);

    /// <summary>A list of texts as a parameter's value.</summary>
    public abstract object TextList(IReadOnlyCollection<string> values);

    /// <summary>A list of identities as a parameter's value.</summary>
    public abstract object GuidList(IReadOnlyCollection<Guid> values);

    /// <summary>An instant as a parameter's value.</summary>
    public abstract object Instant(DateTimeOffset value);

    /// <summary>An instant as a column's value is read.</summary>
    public abstract DateTimeOffset ReadInstant(DbDataReader row, int column);

    /// <summary>An insert that does nothing when a row has the same values in the unique columns, or when the query <paramref name="unless"/> finds rows.</summary>
    internal abstract SqlText InsertOnce(string table, string columns, string values, IReadOnlyList<(string Column, string Parameter)> unique, string? unless);

    /// <summary>
    /// What a statement says of many rows at once: what it does, then where its rows come from (<paramref name="link"/>, as
    /// FROM or USING, and a list for each of its parameters), then the rest. Null where the database has no lists.
    /// </summary>
    internal virtual string? OverMany(string head, string link, string rest) => null;

    /// <summary>Whether a parameter may be a list of values of a column's type.</summary>
    internal virtual bool HasLists => false;

    /// <summary>The words that end a query whose rows are in order, so that it finds no more than so many; null where that is left to a context.</summary>
    internal virtual string? AtMost(string parameter) => $"LIMIT {parameter}";

    /// <summary>A list of values of a column's type as a parameter.</summary>
    internal virtual DbParameter ListParameter(RelationalTypeMapping type, object?[] values, DbCommand maker) => throw new NotSupportedException("This database has no lists.");

    /// <summary>A statement of <see cref="OverMany"/> that fails where it touches fewer rows than it has values for; for databases that end transactions themselves.</summary>
    public virtual string AllRowsOrFail(string sql) => throw new NotSupportedException("This database has no lists.");

    /// <summary>A statement that fails where it touches no row; for databases that end transactions themselves.</summary>
    public virtual string OneRowOrFail(string sql) => throw new NotSupportedException("What a statement touched is looked at by the program.");

    /// <summary>Stands after a table's name to lock the rows a query finds; empty where that is said elsewhere.</summary>
    public virtual string LockAfterTable => "";

    /// <summary>Stands at the end of a query to lock the rows of a table it finds; empty where that is said elsewhere.</summary>
    public virtual string LockAtEnd(string table) => "";

    /// <summary>Two texts in one.</summary>
    public virtual string Concat(string left, string right) => $"{left} || {right}";

    /// <summary>An identity without hyphens, in lower case, as keys carry it.</summary>
    public virtual string PlainId(string column) => $"lower(replace({column}, '-', ''))";

    /// <summary>
    /// Statement that locks keys until the transaction ends, in their order: for everybody, or against those alone who lock
    /// them for everybody. Its parameters are <see cref="LockValues"/>. Null where one writer is all there is.
    /// </summary>
    public virtual string? LockKeys => null;

    /// <summary>The keys to lock, in order, and for each whether it is locked for everybody, as the values of the parameters.</summary>
    public virtual IReadOnlyList<object> LockValues(IReadOnlyList<long> sortedKeys, IReadOnlyList<bool> forAll) =>
        throw new NotSupportedException("This database has a single writer; nothing is locked by key.");

    [GeneratedRegex(@"\{(\d)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
