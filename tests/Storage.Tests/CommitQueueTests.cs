using System.Diagnostics.Metrics;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Tests.Running;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

public sealed class SqliteCommitQueueTests() : CommitQueueTests(StorageProvider.Sqlite);

public sealed class PostgreSqlCommitQueueTests() : CommitQueueTests(StorageProvider.PostgreSql)
{
    [Fact]
    public async Task Those_that_wait_for_a_row_that_somebody_holds_hold_back_nobody_else()
    {
        House.Database.WriterPatience = TimeSpan.FromMilliseconds(1);
        var invoice = Sample.Invoice(Merchant, "F-1");
        await CommitAsync(records => records.Add(invoice));
        await using var lease = await House.Database.WriteAsync();
        await using var transaction = await lease.Connection.BeginTransactionAsync();
        await using var hold = lease.Connection.CreateCommand();
        (hold.CommandText, hold.Transaction) = ("SELECT 1 FROM invoices FOR UPDATE", transaction);
        await hold.ExecuteNonQueryAsync();

        Task[] waiting = [.. Enumerable.Range(0, House.Database.MostWriters).Select(number => CommitAsync(records => records.Update(invoice with { Description = $"{number}" })))];
        await AllBeingWrittenAsync();
        await CommitAsync(records => records.Add(Sample.Invoice(Merchant, "F-2")));

        Assert.False(Array.Exists(waiting, commit => commit.IsCompleted));
        await transaction.CommitAsync();
        await Task.WhenAll(waiting).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(1, waiting.Count(commit => commit.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task What_is_written_with_one_that_waits_for_a_held_row_is_written_without_it_before_that_row_is_free()
    {
        var invoice = Sample.Invoice(Merchant, "F-1");
        await CommitAsync(records => records.Add(invoice));
        await using var lease = await House.Database.WriteAsync();
        await using var transaction = await lease.Connection.BeginTransactionAsync();
        await using var hold = lease.Connection.CreateCommand();
        (hold.CommandText, hold.Transaction) = ("SELECT 1 FROM invoices FOR UPDATE", transaction);
        await hold.ExecuteNonQueryAsync();
        var busy = await BusyAsync();
        Task[] commits =
        [
            Task.WhenAll(Enumerable.Range(0, House.Database.MostWriters).Select(number => CommitAsync(records => records.Add(Sample.Invoice(Merchant, $"F-2-{number}"))))),
            CommitAsync(records => records.Update(invoice with { Description = "waits" })),
            CommitAsync(records => records.Add(Sample.Invoice(Merchant, "F-3"))),
        ];
        await QueuedAsync(2);
        await busy.DisposeAsync();

        await commits[0];
        await commits[2];
        Assert.False(commits[1].IsCompleted);
        await transaction.CommitAsync();
        await commits[1];

        Assert.Equal("waits", (await ReadAsync(records => records.FindAsync<Invoice>(invoice.Id)))!.Description);
    }

    [Fact]
    public async Task Where_the_connection_is_lost_while_a_commit_is_on_its_way_nobody_s_is_written_again()
    {
        const int Together = 4;
        await House.ExecuteAsync($"CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.\"key\" = ''slow'' THEN PERFORM pg_sleep(60); END IF; RETURN NEW; END'");
        await House.ExecuteAsync($"CREATE TRIGGER dawdle BEFORE INSERT ON work_items FOR EACH ROW EXECUTE FUNCTION dawdle()");
        var busy = await BusyAsync();
        Task[] others = [.. Enumerable.Range(0, House.Database.MostWriters).Select(number => CommitAsync(records => records.Add(Sample.Invoice(Merchant, $"F-{number}"))))];
        Task[] joined = [.. Enumerable.Range(0, Together).Select(number => AppendAsync(new WorkEnqueued(Item(number == 0 ? "slow" : $"item {number}"))))];
        await QueuedAsync(Together);
        await busy.DisposeAsync();
        await Task.WhenAll(others);
        while (await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'") == 0)
        {
            await Task.Yield();
        }

        await House.NumberAsync($"SELECT count(pg_terminate_backend(pid)) AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'");
        await Task.WhenAll(joined).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.All(joined, commit => Assert.True(commit.IsFaulted));
        Assert.Equal(0, await House.Get<IWorkQueue>().DepthAsync());
    }
}

/// <summary>What comes while the database is busy is written together, and everybody hears what became of his own.</summary>
public abstract class CommitQueueTests(StorageProvider provider) : StorageTest(provider)
{
    private const int Bursts = 12;

    // While little is written, as many write as may.
    private int Writing => House.Database.MostWriters;

    [Fact]
    public async Task Bursts_that_come_at_once_are_one_transaction_and_leave_what_each_would_have_left_alone()
    {
        var items = await ClaimedAsync();
        using var units = new Units();
        var busy = await BusyAsync();

        Task[] commits = [.. items.Select(item => AppendAsync(new WorkCompleted(item.Id, item.LeaseToken), new WorkEnqueued(Item($"next of {item.Key}"))))];
        await QueuedAsync(Bursts - Writing);
        await busy.DisposeAsync();
        await Task.WhenAll(commits);

        Assert.Contains(Bursts - Writing, units.Written);
        Assert.Equal(Bursts, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM work_items WHERE \"key\" LIKE 'next of %'"));
        Assert.Equal(Bursts, await House.Get<IWorkQueue>().DepthAsync());
    }

    [Fact]
    public async Task One_that_lost_its_lease_is_told_so_and_takes_nobody_with_it()
    {
        var items = await ClaimedAsync();
        var lost = items[^1] with { LeaseToken = Guid.CreateVersion7() };
        var busy = await BusyAsync();

        Task[] commits = [.. items.Take(Bursts - 1).Append(lost).Select(item => AppendAsync(new WorkCompleted(item.Id, item.LeaseToken), new WorkEnqueued(Item($"next of {item.Key}"))))];
        await QueuedAsync(Bursts - Writing);
        await busy.DisposeAsync();
        await Assert.ThrowsAsync<LeaseLostException>(() => commits[^1]);
        await Task.WhenAll(commits[..^1]);

        Assert.Equal(Bursts - 1, await House.NumberAsync($"SELECT count(*) AS \"Value\" FROM work_items WHERE \"key\" LIKE 'next of %'"));
        Assert.Equal(Bursts, await House.Get<IWorkQueue>().DepthAsync());
    }

    [Fact]
    public async Task Of_two_that_change_the_same_invoice_one_is_refused_even_where_they_come_at_once()
    {
        var invoice = Sample.Invoice(Merchant, "F-1");
        await CommitAsync(records => records.Add(invoice));
        var busy = await BusyAsync();

        // The invoice is changed by two; the others only keep the writers busy, so that the two wait side by side.
        var others = Enumerable.Range(0, Writing).Select(number => AppendAsync(new WorkEnqueued(Item($"other {number}")))).ToArray();
        var first = CommitAsync(records => records.Update(invoice with { Description = "first" }));
        var second = CommitAsync(records => records.Update(invoice with { Description = "second" }));
        await QueuedAsync(2);
        await busy.DisposeAsync();
        await Task.WhenAll(others);
        await Task.WhenAll(first, second).ContinueWith(_ => { }, TaskScheduler.Default);

        var (stands, refused) = first.IsCompletedSuccessfully ? ("first", second) : ("second", first);
        await Assert.ThrowsAsync<RecordConflictException>(() => refused);
        Assert.Equal(stands, (await ReadAsync(records => records.FindAsync<Invoice>(invoice.Id)))!.Description);
    }

    [Fact]
    public async Task One_that_is_withdrawn_while_it_waits_is_not_written()
    {
        using var withdrawal = new CancellationTokenSource();
        var busy = await BusyAsync();
        var others = Enumerable.Range(0, Writing).Select(number => AppendAsync(new WorkEnqueued(Item($"other {number}")))).ToArray();
        var withdrawn = AppendAsync(withdrawal.Token, new WorkEnqueued(Item("withdrawn")));
        await QueuedAsync(1);

        await withdrawal.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => withdrawn);
        await busy.DisposeAsync();
        await Task.WhenAll(others);

        Assert.Equal(others.Length, await House.Get<IWorkQueue>().DepthAsync());
    }

    [Theory]
    [InlineData("half of an emoji: \ud83d")]
    [InlineData("no character: \0")]
    public async Task One_whose_text_no_database_takes_takes_nobody_with_it_that_is_written_with_it(string text)
    {
        var busy = await BusyAsync();
        Task[] others = [.. Enumerable.Range(0, House.Database.MostWriters).Select(number => CommitAsync(records => records.Add(Sample.Invoice(Merchant, $"F-{number}"))))];
        Task[] before = [.. Enumerable.Range(0, Bursts).Select(number => CommitAsync(records => records.Add(Sample.Invoice(Merchant, $"before-{number}"))))];
        var untaken = CommitAsync(records => records.Add(Sample.Invoice(Merchant, "untaken") with { Description = text }));
        Task[] after = [.. Enumerable.Range(0, Bursts).Select(number => CommitAsync(records => records.Add(Sample.Invoice(Merchant, $"after-{number}"))))];
        await QueuedAsync((2 * Bursts) + 1);
        await busy.DisposeAsync();

        await Task.WhenAll([.. others, .. before, .. after]);
        await untaken.ContinueWith(_ => { }, TaskScheduler.Default);
        var written = (await ReadAsync(records => records.ListAsync<Invoice>(invoice => true))).Select(invoice => invoice.Number).ToList();

        Assert.Equal(untaken.IsCompletedSuccessfully, written.Contains("untaken"));
        Assert.Equal(others.Length + (2 * Bursts), written.Count(number => number != "untaken"));
    }

    private async Task<IReadOnlyList<WorkItem>> ClaimedAsync()
    {
        await AppendAsync([.. Enumerable.Range(0, Bursts).Select(number => new WorkEnqueued(Item($"item {number}")))]);
        var claimed = await House.Get<IWorkQueue>().ClaimAsync("test", Bursts, TimeSpan.FromMinutes(1));
        Assert.Equal(Bursts, claimed.Count);
        return claimed;
    }

    /// <summary>Nobody else can write before this is disposed; a row may be held meanwhile.</summary>
    private protected async Task<WriteLease> BusyAsync()
    {
        House.Database.WriterPatience = Timeout.InfiniteTimeSpan;
        var lease = await House.Database.WriteAsync();
        if (Provider == StorageProvider.Sqlite)
        {
            return lease;
        }

        var transaction = await lease.Connection.BeginTransactionAsync();
        await using var command = lease.Connection.CreateCommand();
        command.CommandText = "LOCK TABLE work_items, invoices IN SHARE MODE";
        command.Transaction = transaction;
        await command.ExecuteNonQueryAsync();
        return new WriteLease(lease.Connection, null, async () =>
        {
            await transaction.DisposeAsync();
            await lease.DisposeAsync();
        });
    }

    private protected async Task AllBeingWrittenAsync()
    {
        while (House.Get<CommitQueue>().Waiting > 0)
        {
            await Task.Yield();
        }
    }

    private protected async Task QueuedAsync(int count)
    {
        while (House.Get<CommitQueue>().Waiting < count)
        {
            await Task.Yield();
        }
    }

    private protected Task AppendAsync(params EngineChange[] changes) => AppendAsync(CancellationToken.None, changes);

    private async Task AppendAsync(CancellationToken cancellationToken, params EngineChange[] changes)
    {
        await using var scope = House.Open(Merchant);
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        foreach (var change in changes)
        {
            work.Append(change);
        }

        await work.CommitAsync(cancellationToken);
    }

    private protected WorkItem Item(string key) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = Merchant,
        Kind = WorkKind.Resume,
        Key = key,
        CaseId = Guid.CreateVersion7(),
        EnqueuedAt = TestDatabase.Start,
    };

    /// <summary>How many units of work each transaction of the test wrote.</summary>
    private sealed class Units : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly List<int> written = [];

        public Units()
        {
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "centralpay.commit.units")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<int>((_, units, _, _) =>
            {
                lock (written)
                {
                    written.Add(units);
                }
            });
            listener.Start();
        }

        public IReadOnlyList<int> Written
        {
            get
            {
                lock (written)
                {
                    return [.. written];
                }
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
