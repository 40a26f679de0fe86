using System.Text.RegularExpressions;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Durable;
using CentralPay.Workflows.Payments.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CentralPay.Workflows.Benchmarks.Collecting;

/// <summary>
/// The rows that a collecting cycle leaves behind, written by hand: each once, with identities of its own, in the fewest
/// transactions that keep what the cycle promises. No row is queued, read or changed, so nobody who keeps these rows does less.
/// </summary>
internal sealed partial class LeftByHand
{
    /// <summary>
    /// The invoice is in; the request is asked for before it leaves; it is answered, and the reminder's intent kept before it
    /// leaves; the reminder is answered, and the ERP's callback kept; the payment is booked; the case has ended.
    /// </summary>
    private const int Transactions = 6;

    private readonly House house;
    private readonly IReadOnlyList<IReadOnlyList<LeftRows>> transactions;

    private LeftByHand(House house, IReadOnlyList<LeftRows> rows)
    {
        this.house = house;
        Rows = rows.Count;
        transactions = [.. Enumerable.Range(0, Transactions).Select(number => LeftRows.Joined(rows.Where((_, index) => index * Transactions / rows.Count == number)))];
    }

    /// <summary>How many rows a cycle leaves.</summary>
    public int Rows { get; }

    /// <summary>Runs a cycle and keeps what it left.</summary>
    public static async Task<LeftByHand> ReadAsync(House house, Func<Task> cycle)
    {
        var tables = Tables(house);
        var before = new Dictionary<string, HashSet<string>>();
        foreach (var table in tables)
        {
            before[table.Name] = [.. (await table.ReadAsync(house)).Select(table.KeyOf)];
        }

        await cycle();
        var left = new List<LeftRows>();
        foreach (var table in tables)
        {
            left.AddRange((await table.ReadAsync(house)).Where(row => !before[table.Name].Contains(table.KeyOf(row))).Select(row => new LeftRows(table, [row])));
        }

        return new LeftByHand(house, left);
    }

    /// <summary>Writes the rows of one cycle.</summary>
    public async Task RunAsync()
    {
        var fresh = new Dictionary<string, Guid> { [$"{house.MerchantId:N}"] = house.MerchantId };
        foreach (var rows in transactions)
        {
            await house.Database.KeepUpAsync(CancellationToken.None);
            await using var connection = new HandConnection(await house.Database.WriteAsync());
            await connection.TransactAsync([.. rows.Select(each => each.Written(fresh))]);
        }
    }

    // The merchant's own tables, whatever they come to be.
    private static List<LeftTable> Tables(House house)
    {
        using var context = house.Database.NewContext(new MerchantBinding());
        return [.. context.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null)
            .Select(entity => new LeftTable(entity)).Where(table => table.Columns.Contains("merchant_id", StringComparer.Ordinal)).OrderBy(table => table.Name, StringComparer.Ordinal)];
    }

    [GeneratedRegex("[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")]
    private static partial Regex Identity();

    /// <summary>A table of the merchant's.</summary>
    private sealed class LeftTable
    {
        private readonly int[] key;

        public LeftTable(IEntityType entity)
        {
            Name = entity.GetTableName()!;
            var store = StoreObjectIdentifier.Table(Name);
            Columns = [.. entity.GetFlattenedProperties().Select(property => property.GetColumnName(store)!)];
            key = [.. entity.FindPrimaryKey()!.Properties.Select(property => Place(property, store))];
            Unique = entity.GetIndexes().Where(index => index.IsUnique).SelectMany(index => index.Properties).Select(property => Place(property, store)).ToHashSet();
        }

        public string Name { get; }

        public IReadOnlyList<string> Columns { get; }

        /// <summary>Places of columns whose values may not be there twice.</summary>
        public IReadOnlySet<int> Unique { get; }

        public string KeyOf(object[] row) => string.Join('/', key.Select(place => row[place]));

        public async Task<List<object[]>> ReadAsync(House house)
        {
            await using var connection = await house.Database.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {string.Join(", ", Columns.Select(column => $"\"{column}\""))} FROM {Name}";
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<object[]>();
            while (await reader.ReadAsync())
            {
                var row = new object[Columns.Count];
                reader.GetValues(row);
                rows.Add(row);
            }

            return rows;
        }

        private int Place(IProperty property, StoreObjectIdentifier store) => ((List<string>)[.. Columns]).IndexOf(property.GetColumnName(store)!);
    }

    /// <summary>Rows of one table that one statement writes.</summary>
    private sealed record LeftRows(LeftTable Table, IReadOnlyList<object[]> Rows)
    {
        private readonly string sql =
            $"INSERT INTO {Table.Name} ({string.Join(", ", Table.Columns.Select(column => $"\"{column}\""))}) VALUES "
            + string.Join(", ", Rows.Select((_, row) => $"({string.Join(", ", Table.Columns.Select((_, column) => $"${(row * Table.Columns.Count) + column + 1}"))})"));

        public static IReadOnlyList<LeftRows> Joined(IEnumerable<LeftRows> each) =>
            [.. each.GroupBy(rows => rows.Table).Select(same => new LeftRows(same.Key, [.. same.SelectMany(rows => rows.Rows)]))];

        public HandStatement Written(Dictionary<string, Guid> fresh) =>
            new(sql, [.. Rows.SelectMany(row => row.Select((value, place) => Renamed(value, Table.Unique.Contains(place), fresh)))]);

        // Identities are another's each time, wherever they stand in a text.
        private static object? Renamed(object value, bool isUnique, Dictionary<string, Guid> fresh) => value switch
        {
            DBNull => null,
            Guid id => Fresh(id, fresh),
            string text when Identity().IsMatch(text) => Identity().Replace(text, found => Like(found.Value, Fresh(Guid.Parse(found.Value), fresh))),
            string text when isUnique => $"{Guid.NewGuid():N}{Guid.NewGuid():N}"[..Math.Min(text.Length, 64)],
            _ => value,
        };

        private static string Like(string old, Guid fresh)
        {
            var text = fresh.ToString(old.Contains('-', StringComparison.Ordinal) ? "D" : "N");
            return old.Any(char.IsAsciiLetterUpper) ? text.ToUpperInvariant() : text;
        }

        private static Guid Fresh(Guid old, Dictionary<string, Guid> fresh)
        {
            var key = old.ToString("N");
            if (!fresh.TryGetValue(key, out var made))
            {
                fresh.Add(key, made = Guid.CreateVersion7());
            }

            return made;
        }
    }
}
