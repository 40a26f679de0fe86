using System.Collections.Concurrent;
using System.Data.Common;
using System.Net.Sockets;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Feed;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CentralPay.Workflows.Storage.PostgreSql;

/// <summary>
/// Nodes on one PostgreSQL tell each other what their commits left: work to wake for, events for live pages. It travels by
/// NOTIFY outside the commits' transactions, many of them in one message. A lost message costs a poll. A node that is alone
/// tells nobody.
/// </summary>
internal sealed partial class NodeNews(Database database, IServiceProvider services, ILogger<NodeNews> log) : BackgroundService
{
    private static readonly TimeSpan SaysItLivesEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan GathersFor = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);

    private readonly Guid node = Guid.CreateVersion7();
    private readonly ConcurrentDictionary<Guid, long> others = new();
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource another = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NodeOutgoing? outgoing;

    /// <summary>Done when it hears the others.</summary>
    public Task Listening => listening.Task;

    /// <summary>Done when another node is known.</summary>
    public Task KnowsAnother => another.Task;

    /// <summary>Gathers what a commit left; it is told soon, and never to nobody.</summary>
    public void Tell(CommitResult done)
    {
        if ((done.LeftWork || done.LeftEffects || done.Events.Count > 0) && !others.IsEmpty)
        {
            outgoing?.Add(done);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var messages = new NodeOutgoing(node);
        outgoing = messages;
        await Task.WhenAll(AgainAndAgainAsync(ListenAsync, stoppingToken), AgainAndAgainAsync(SendAsync, stoppingToken));
        outgoing = null;
    }

    // The connection breaks when the database goes away: the nodes poll meanwhile.
    private async Task AgainAndAgainAsync(Func<NodeOutgoing, CancellationToken, Task> act, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await act(outgoing!, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is DbException or IOException or SocketException or InvalidOperationException or TimeoutException)
            {
                LogBroken(failure);
                await Task.Delay(PauseAfterTrouble, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(NodeOutgoing messages, CancellationToken stopping)
    {
        await using var connection = Dedicated();
        await connection.OpenAsync(stopping);
        connection.Notification += (_, told) => Hear(told.Payload, messages, stopping);
        await using (var listen = new NpgsqlCommand($"LISTEN {NodeMessage.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(stopping);
        }

        messages.Greet(asks: true);
        listening.TrySetResult();

        // Whatever was told while nobody listened.
        services.GetService<IWorkSignal>()?.Set();
        services.GetService<IEffectSignal>()?.SetEffects();
        while (true)
        {
            await connection.WaitAsync(stopping);
        }
    }

    // The first is told at once; what comes right after it goes together, or each commit would cost one more, and a look for
    // work at every node. PostgreSQL writes a notification as a commit: it need not wait for the disk.
    private async Task SendAsync(NodeOutgoing messages, CancellationToken stopping)
    {
        await using var connection = Dedicated();
        await connection.OpenAsync(stopping);
        await using (var hasty = new NpgsqlCommand("SET synchronous_commit = off", connection))
        {
            await hasty.ExecuteNonQueryAsync(stopping);
        }

        while (true)
        {
            foreach (var message in await messages.TakeAsync(SaysItLivesEvery, stopping))
            {
                await using var notify = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection) { Parameters = { new() { Value = NodeMessage.Channel }, new() { Value = message.Write() } } };
                await notify.ExecuteNonQueryAsync(stopping);
            }

            ForgetTheSilent();
            await Task.Delay(GathersFor, stopping);
        }
    }

    private void Hear(string payload, NodeOutgoing messages, CancellationToken stopping)
    {
        if (NodeMessage.Read(payload) is not { } message || message.From == node)
        {
            return;
        }

        var isNew = others.TryAdd(message.From, 0);
        others[message.From] = TimeProvider.System.GetTimestamp();
        another.TrySetResult();
        if (message.Greets || isNew)
        {
            messages.Greet(asks: false);
        }

        if (message.Work)
        {
            services.GetService<IWorkSignal>()?.Set();
        }

        if (message.Effects)
        {
            services.GetService<IEffectSignal>()?.SetEffects();
        }

        foreach (var (merchant, ids) in message.Events ?? new Dictionary<Guid, Guid[]>())
        {
            _ = PublishAsync(merchant, ids, stopping);
        }
    }

    private async Task PublishAsync(Guid merchant, Guid[] ids, CancellationToken stopping)
    {
        try
        {
            var binding = new MerchantBinding();
            binding.Bind(merchant, Actor.System);
            await using var db = database.NewContext(binding);
            var events = await db.Set<DomainEvent>().AsNoTracking().Where(happened => ids.Contains(happened.Id)).OrderBy(happened => happened.Id).ToListAsync(stopping);
            services.GetService<ICollectionFeed>()?.Publish(merchant, events);
        }
        catch (Exception failure) when (failure is DbException or OperationCanceledException or InvalidOperationException)
        {
            // Live pages see it at their next refresh.
            LogBroken(failure);
        }
    }

    private void ForgetTheSilent()
    {
        foreach (var (other, heardAt) in others)
        {
            if (TimeProvider.System.GetElapsedTime(heardAt) > ForgottenAfter)
            {
                others.TryRemove(other, out _);
            }
        }
    }

    // Not one of the pool: it waits for hours, and keeps what it listens to.
    private NpgsqlConnection Dedicated() =>
        new(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, KeepAlive = 30 }.ConnectionString);

    [LoggerMessage(LogLevel.Warning, "The nodes cannot tell each other what they do; each looks by itself until they can.")]
    private partial void LogBroken(Exception failure);
}
