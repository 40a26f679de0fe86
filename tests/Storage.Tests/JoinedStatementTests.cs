using System.Reflection;
using System.Text.Json;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Tests.Running;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqliteJoinedStatementTests() : JoinedStatementTests(StorageProvider.Sqlite);

public sealed class PostgreSqlJoinedStatementTests() : JoinedStatementTests(StorageProvider.PostgreSql);

/// <summary>What one commit does to many rows leaves what it would have left row by row, and its errors name the row.</summary>
public abstract class JoinedStatementTests(StorageProvider provider) : StorageTest(provider)
{
    private static readonly Type[] RecordTypes =
        [.. typeof(IMerchantRecord).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IMerchantRecord)))];

    [Fact]
    public async Task Many_records_of_each_type_are_kept_as_they_were_added_and_changed()
    {
        Assert.NotEmpty(RecordTypes);
        foreach (var type in RecordTypes)
        {
            await MustBeKeptAsync(type);
        }
    }

    [Fact]
    public async Task Of_many_changed_together_the_one_that_somebody_else_changed_is_named_and_none_is_written()
    {
        Invoice[] invoices = [.. Enumerable.Range(0, 6).Select(number => Sample.Invoice(Merchant, $"F-{number}"))];
        await CommitAsync(records => Array.ForEach(invoices, records.Add));
        await CommitAsync(records => records.Update(invoices[3] with { Description = "by somebody else" }));

        var refused = await Assert.ThrowsAsync<RecordConflictException>(() => CommitAsync(records => Array.ForEach(invoices, invoice => records.Update(invoice with { Description = "ours" }))));

        Assert.Contains($"{invoices[3].Id}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await ReadAsync(records => records.ListAsync<Invoice>(invoice => invoice.Description == "ours")), _ => true);
    }

    [Fact]
    public async Task Of_many_added_together_the_one_whose_number_is_taken_is_named_and_none_is_written()
    {
        await CommitAsync(records => records.Add(Sample.Invoice(Merchant, "F-3")));
        Invoice[] invoices = [.. Enumerable.Range(0, 6).Select(number => Sample.Invoice(Merchant, $"F-{number}"))];

        var refused = await Assert.ThrowsAsync<RecordConflictException>(() => CommitAsync(records => Array.ForEach(invoices, records.Add)));

        Assert.Contains($"{invoices[3].Id}", refused.Message, StringComparison.Ordinal);
        Assert.Single(await ReadAsync(records => records.ListAsync<Invoice>(_ => true)));
    }

    [Fact]
    public async Task Of_many_entries_posted_together_those_with_a_known_key_are_left_out_with_their_lines()
    {
        await CommitAsync(records => records.Post(Sample.Sale(Merchant, "sale 2", 500)));

        await CommitAsync(records => Array.ForEach([1, 2, 3], number => records.Post(Sample.Sale(Merchant, $"sale {number}", 100 * number))));

        await using var scope = House.Open(Merchant);
        var owed = (await scope.Services.GetRequiredService<ILedger>().TrialBalanceAsync()).Single(balance => balance.Account == LedgerAccount.Receivable);
        Assert.Equal(100 + 500 + 300, owed.BalanceMinor);
        Assert.Equal(6, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM ledger_lines"));
    }

    [Fact]
    public async Task Many_effects_are_settled_together_each_as_it_was_told()
    {
        await CommitAsync(records => Array.ForEach(["a", "b", "c"], key => records.Ask(Sample.Effect(Merchant, key))));
        var claimed = await House.Get<IOutboxQueue>().ClaimAsync("test", TestDatabase.Start.AddHours(1), 10, 10, TimeSpan.FromMinutes(1));

        await CommitAsync(records =>
        {
            foreach (var (effect, state) in claimed.OrderBy(effect => effect.Key).Zip([EffectState.Delivered, EffectState.Refused, EffectState.Pending]))
            {
                records.Settle(new EffectSettlement
                {
                    EffectId = effect.Id,
                    LeaseToken = effect.LeaseToken,
                    State = state,
                    At = TestDatabase.Start,
                    Error = state == EffectState.Refused ? "refused" : null,
                    NextDueAt = state == EffectState.Pending ? TestDatabase.Start.AddHours(3) : null,
                });
            }
        });

        var settled = (await ReadAsync(records => records.ListAsync<Effect>(_ => true))).OrderBy(effect => effect.Key).ToArray();
        Assert.Equal([EffectState.Delivered, EffectState.Refused, EffectState.Pending], settled.Select(effect => effect.State));
        Assert.Equal([null, "refused", null], settled.Select(effect => effect.LastError));
        Assert.Equal([1, 1, 1], settled.Select(effect => effect.Attempts));
        Assert.Equal(TestDatabase.Start.AddHours(3), settled[2].DueAt);
        Assert.Equal(3, (await ReadAsync(records => records.ListAsync<EffectAttempt>(_ => true))).Select(attempt => attempt.EffectId).Distinct().Count());
    }

    [Fact]
    public async Task A_wait_that_begins_and_ends_in_one_commit_is_gone_though_others_end_with_it()
    {
        var (standing, brief, next) = (Wait(), Wait(), Wait());
        await AppendAsync(new BookmarkCreated(standing));

        await AppendAsync(new BookmarkCreated(brief), new BookmarkBurned(brief.CaseId, brief.Id), new BookmarkBurned(standing.CaseId, standing.Id), new BookmarkCreated(next));

        await using var scope = House.Open(Merchant);
        Assert.Equal([next.Id], (await scope.Services.GetRequiredService<ICaseStore>().BookmarksAsync(next.CaseId)).Select(wait => wait.Id));
        Assert.Equal(1, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM bookmarks"));
    }

    private async Task MustBeKeptAsync(Type type)
    {
        var random = new Random(type.Name.Length);
        IMerchantRecord[] added = [.. Enumerable.Range(0, 5).Select(number => Filled(type, random, number)).OrderBy(record => record.Id)];
        await CommitAsync(records => Array.ForEach(added, records.Add));
        Assert.Equal(added.Select(Said), (await StoredAsync(type)).Select(Said));

        IMerchantRecord[] changed = [];
        await CommitAsync(records => changed = [.. added.Select((record, number) => records.Update(Filled(type, random, number + added.Length, record.Id)))]);
        Assert.All(changed, record => Assert.Equal(1, record.Revision));
        Assert.Equal(changed.Select(Said), (await StoredAsync(type)).Select(Said));
        Assert.Equal(changed.Select(Said), (await ReadByHandAsync(type)).Select(Said));
    }

    private async Task AppendAsync(params EngineChange[] changes)
    {
        await using var scope = House.Open(Merchant);
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        Array.ForEach(changes, work.Append);
        await work.CommitAsync();
    }

    private Bookmark Wait() => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = Merchant,
        CaseId = Guid.CreateVersion7(),
        Name = "Event",
        ActivityInstanceId = "1",
        NodeId = "wait",
        CreatedAt = TestDatabase.Start,
    };

    private async Task<IReadOnlyList<IMerchantRecord>> StoredAsync(Type type)
    {
        var read = typeof(JoinedStatementTests).GetMethod(nameof(AllAsync), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type);
        return await (Task<IReadOnlyList<IMerchantRecord>>)read.Invoke(this, null)!;
    }

    // As claims read: without a context, put together from the model.
    private async Task<IReadOnlyList<IMerchantRecord>> ReadByHandAsync(Type type)
    {
        var table = House.Database.Tables[type];
        await using var connection = await House.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", table.Rows.Columns.Select(Table.Quoted))} FROM {table.Name} ORDER BY id";
        await using var reader = await command.ExecuteReaderAsync();
        var read = typeof(RowReader).GetMethod(nameof(RowReader.Read))!.MakeGenericMethod(type);
        var rows = new List<IMerchantRecord>();
        while (await reader.ReadAsync())
        {
            rows.Add((IMerchantRecord)read.Invoke(table.Rows, [reader])!);
        }

        return rows;
    }

    private async Task<IReadOnlyList<IMerchantRecord>> AllAsync<T>()
        where T : class, IMerchantRecord => await ReadAsync(records => records.ListAsync<T>(_ => true));

    private static string Said(IMerchantRecord record) => JsonSerializer.Serialize(record, record.GetType());

    // Every property holds something else in every record; what may be empty is so in every third.
    private IMerchantRecord Filled(Type type, Random random, int number, Guid? id = null)
    {
        var record = (IMerchantRecord)Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            if (ValueOf(property, random, number) is { } value)
            {
                property.SetValue(record, value);
            }
        }

        type.GetProperty(nameof(record.Id))!.SetValue(record, id ?? Guid.CreateVersion7());
        type.GetProperty(nameof(record.MerchantId))!.SetValue(record, Merchant);
        type.GetProperty(nameof(record.Revision))!.SetValue(record, 0L);
        return record;
    }

    private static object? ValueOf(PropertyInfo property, Random random, int number)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var mayBeEmpty = type != property.PropertyType || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        return mayBeEmpty && (number + property.Name.Length) % 3 == 0 ? null
            : type == typeof(string) ? property.Name.Contains("Currency", StringComparison.Ordinal) ? "EUR" : property.Name.EndsWith("Json", StringComparison.Ordinal) ? $"{{\"n\":{number}}}" : $"{property.Name[..Math.Min(3, property.Name.Length)]}{number}"
            : type == typeof(Guid) ? Guid.CreateVersion7()
            : type == typeof(Money) ? new Money(random.Next(1, 1_000_000), "EUR")
            : type == typeof(DateTimeOffset) ? TestDatabase.Start.AddMicroseconds(random.Next(1, 1_000_000_000))
            : type == typeof(DateOnly) ? new DateOnly(2026, 1, 1).AddDays(random.Next(0, 700))
            : type == typeof(bool) ? random.Next(2) == 0
            : type == typeof(int) ? random.Next(0, 1000)
            : type == typeof(long) ? (long)random.Next(0, 1_000_000)
            : type.IsEnum ? Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))
            : null;
    }
}
