using System.Diagnostics;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Engine;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralPay.Workflows.Benchmarks.Kernel;

/// <summary>The engine in memory, on the calling thread alone.</summary>
internal sealed class KernelRuns : IAsyncDisposable
{
    private const string InputJson = """{"number":"F-2026-0001","amount":12}""";

    private readonly ServiceProvider services;
    private readonly Guid tenantId = Guid.CreateVersion7();
    private readonly Dictionary<string, string> versions = [];

    private KernelRuns()
    {
        var registered = new ServiceCollection();
        registered.AddSingleton<TimeProvider>(new BenchClock());
        registered.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        registered.AddWorkflowEngine().AddMemoryEngineStore();
        services = registered.BuildServiceProvider();
    }

    public static async Task<KernelRuns> OpenAsync()
    {
        var runs = new KernelRuns();
        await using var scope = runs.services.GetRequiredService<ITenantScopes>().Open(runs.tenantId);
        var library = scope.Services.GetRequiredService<ScenarioLibrary>();
        foreach (var json in new[] { Drawing.FiveSteps, Drawing.Wait })
        {
            var draft = await library.ImportAsync(json, "benchmark");
            var published = await library.PublishAsync(draft.DefinitionId, draft.Revision, "First version", "benchmark");
            runs.versions[published.DefinitionId] = published.Id;
        }

        return runs;
    }

    /// <summary>Starts cases as work items whose changes nobody keeps. Answers runs, their time, the processor's part of it, bytes allocated, and the state a case was left with.</summary>
    public (int Runs, TimeSpan Time, TimeSpan Processor, long Bytes, int StateBytes) RunAlone(string definitionId, CaseSubStatus end, int steps, TimeSpan span, CancellationToken cancellationToken)
    {
        var scope = services.GetRequiredService<ITenantScopes>().Open(tenantId);
        var forgetful = new Forgetful(scope.Services, tenantId);
        var (compiled, clock, limits) = (services.GetRequiredService<CompiledScenarios>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<EngineLimits>());
        var item = Item(definitionId);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var processor = Environment.CpuUsage.TotalTime;
        var startedAt = Stopwatch.GetTimestamp();
        var runs = 0;
        for (; Stopwatch.GetElapsedTime(startedAt) < span; runs++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Here(new CaseRunner(forgetful, compiled, clock, limits).RunAsync(item, cancellationToken));
        }

        var measured = (runs, Stopwatch.GetElapsedTime(startedAt), Environment.CpuUsage.TotalTime - processor, GC.GetAllocatedBytesForCurrentThread() - bytes, forgetful.Last?.State.Length ?? 0);
        return forgetful.Last?.SubStatus == end && forgetful.LastSteps == steps
            ? measured
            : throw new InvalidOperationException($"'{definitionId}' was left {forgetful.Last?.SubStatus} after {forgetful.LastSteps} steps, not {end} after {steps}: its figure would be of something else.");
    }

    /// <summary>The whole way through the store in memory: event, claim, burst until it waits, event, claim, burst until it ends.</summary>
    public (TimeSpan Time, TimeSpan Processor, long Bytes) RunStored(int cycles, CancellationToken cancellationToken)
    {
        var worker = services.GetRequiredService<CaseWorker>();
        var store = services.GetRequiredService<MemoryEngineStore>();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var processor = Environment.CpuUsage.TotalTime;
        var startedAt = Stopwatch.GetTimestamp();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var number = Guid.CreateVersion7().ToString("N");
            Raise(store, Event.Published(Drawing.Begin, $$"""{"number":"{{number}}","amount":12}""") with { OnlyDefinitionId = Drawing.WaitId, StartKey = number });
            Here(worker.DrainAsync(cancellationToken));
            Raise(store, Event.Published($"go {number}"));
            Here(worker.DrainAsync(cancellationToken));
        }

        return (Stopwatch.GetElapsedTime(startedAt), Environment.CpuUsage.TotalTime - processor, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private void Raise(MemoryEngineStore store, Stimulus stimulus)
    {
        var scope = store.Open(tenantId);
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        work.Append(new StimulusRaised(stimulus));
        Here(work.CommitAsync());
        Here(scope.DisposeAsync().AsTask());
    }

    private WorkItem Item(string definitionId) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = tenantId,
        Kind = WorkKind.Start,
        Key = "start:benchmark",
        CaseId = Guid.CreateVersion7(),
        DefinitionVersionId = versions[definitionId],
        NodeId = "start",
        StartKey = "benchmark",
        Subject = new CaseSubject("invoice:benchmark", "F-2026-0001", null),
        InputJson = InputJson,
        EnqueuedAt = services.GetRequiredService<TimeProvider>().GetUtcNow(),
    };

    // Bytes are counted for this thread: work that went to another one would be missed.
    private static void Here(Task task)
    {
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException("A run in memory left its thread; its allocations cannot be counted.");
        }

        task.GetAwaiter().GetResult();
    }
}
