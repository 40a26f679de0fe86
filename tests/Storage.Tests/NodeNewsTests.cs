using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Feed;
using CentralPay.Workflows.Storage.PostgreSql;
using CentralPay.Workflows.Storage.Tests.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Tests;

/// <summary>Two nodes on one PostgreSQL hear of each other's commits at once, not at the next look.</summary>
public sealed class NodeNewsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private TestDatabase first = null!;
    private ServiceProvider second = null!;
    private readonly Heard heard = new();

    public async Task InitializeAsync()
    {
        first = await TestDatabase.OpenAsync(StorageProvider.PostgreSql);
        second = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(first.Clock)
            .AddSingleton<IWorkSignal>(heard)
            .AddSingleton<IEffectSignal>(heard)
            .AddSingleton<ICollectionFeed>(heard)
            .AddStorage(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Storage:Provider"] = "PostgreSql",
                ["Storage:ConnectionString"] = first.ConnectionString,
                ["Storage:BlobFolder"] = first.Folder,
            }).Build())
            .BuildServiceProvider();
        foreach (var node in new[] { first.Services, second })
        {
            await node.GetRequiredService<NodeNews>().StartAsync(CancellationToken.None);
            await node.GetRequiredService<NodeNews>().Listening.WaitAsync(Patience);
        }

        await heard.Woken.WaitAsync(Patience);
        await first.Get<NodeNews>().KnowsAnother.WaitAsync(Patience);
        heard.Forget();
    }

    public async Task DisposeAsync()
    {
        await second.GetRequiredService<NodeNews>().StopAsync(CancellationToken.None);
        await first.Get<NodeNews>().StopAsync(CancellationToken.None);
        await second.DisposeAsync();
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Work_that_one_node_leaves_wakes_the_other_and_events_reach_its_pages()
    {
        var merchant = Guid.CreateVersion7();
        var happened = new DomainEvent { Id = Guid.CreateVersion7(), MerchantId = merchant, Name = EventNames.InvoicePaid, At = TestDatabase.Start };
        await using (var scope = first.Open(merchant))
        {
            scope.Records.Raise(happened);
            scope.Records.Ask(Sample.Effect(merchant, "an e-mail"));
            await scope.Records.CommitAsync();
        }

        await heard.WokenForEffects.WaitAsync(Patience);
        Assert.False(heard.Woken.IsCompleted);
        var (at, events) = await heard.Published.WaitAsync(Patience);
        Assert.Equal(merchant, at);
        Assert.Equal(happened.Id, Assert.Single(events).Id);

        await using (var scope = first.Open(merchant))
        {
            var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
            work.Append(new WorkEnqueued(new WorkItem { Id = Guid.CreateVersion7(), TenantId = merchant, Kind = WorkKind.Continue, Key = "continue", CaseId = Guid.CreateVersion7(), EnqueuedAt = TestDatabase.Start }));
            await work.CommitAsync();
        }

        await heard.Woken.WaitAsync(Patience);
    }

    [Fact]
    public void A_message_that_is_none_of_ours_is_passed_over()
    {
        Assert.Null(NodeMessage.Read("hello"));
        var message = new NodeMessage(Guid.CreateVersion7(), true, true, true, Enumerable.Range(0, NodeMessage.MostEvents).ToDictionary(_ => Guid.CreateVersion7(), _ => new[] { Guid.CreateVersion7() }));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(message.Write()), 1, 7_999);
        Assert.Equal(message.From, NodeMessage.Read(message.Write())!.From);
    }

    /// <summary>What a node was told, as something to wait for.</summary>
    private sealed class Heard : IWorkSignal, IEffectSignal, ICollectionFeed
    {
        private TaskCompletionSource woken = New();
        private TaskCompletionSource effects = New();
        private TaskCompletionSource<(Guid, IReadOnlyList<DomainEvent>)> published = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Woken => woken.Task;

        public Task WokenForEffects => effects.Task;

        public Task<(Guid Merchant, IReadOnlyList<DomainEvent> Events)> Published => published.Task;

        public void Forget()
        {
            woken = New();
            effects = New();
            published = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        public void Set() => woken.TrySetResult();

        public void SetEffects() => effects.TrySetResult();

        public ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => throw new InvalidOperationException("Nobody works on this node.");

        public void Publish(Guid merchantId, IReadOnlyList<DomainEvent> events) => published.TrySetResult((merchantId, events));

        public IDisposable Subscribe(Guid merchantId, Action<IReadOnlyList<DomainEvent>> onEvents) => throw new InvalidOperationException("Nobody looks at this node.");

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
