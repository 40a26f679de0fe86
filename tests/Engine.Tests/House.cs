using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Migration;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralPay.Workflows.Engine.Tests;

/// <summary>The whole engine in memory, with a clock that moves when told.</summary>
public sealed class House : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly ServiceProvider _provider;

    public House(EngineLimits? limits = null, Action<IServiceCollection>? more = null, Action<IFunctionRegistry>? functions = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton(Log);
        more?.Invoke(services);
        services.AddWorkflowEngine(AddActivities, functions is null ? null : (registry, _) => functions(registry), limits).AddMemoryEngineStore();
        _provider = services.BuildServiceProvider();
    }

    public TestClock Clock { get; } = new(Start);

    public TestLog Log { get; } = new();

    public Guid Tenant { get; } = Guid.CreateVersion7();

    public CaseWorker Worker => _provider.GetRequiredService<CaseWorker>();

    public MemoryEngineStore Store => _provider.GetRequiredService<MemoryEngineStore>();

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public static void AddActivities(ActivityRegistry registry) =>
        registry.Add<Note>().Add<Ask>().Add<Rating>().Add<Mistyped>().Add<Failing>().Add<Reading>().Add<Calling>().Add<Stubborn>().Add<Renamed>().Add<Charge>().Add<Runtime.Stand>();

    public async Task<T> InTenantAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Store.Open(Tenant);
        return await act(scope.Services);
    }

    public async Task<ScenarioVersion> PublishAsync(string json) => await InTenantAsync(async services =>
    {
        var library = services.GetRequiredService<ScenarioLibrary>();
        var draft = await library.ImportAsync(json, "anna");
        return await library.PublishAsync(draft.DefinitionId, draft.Revision, "First.", "anna");
    });

    public async Task RaiseAsync(Stimulus stimulus, Guid? tenant = null)
    {
        await using var scope = Store.Open(tenant ?? Tenant);
        var work = scope.Services.GetRequiredService<IEngineUnitOfWork>();
        work.Append(new StimulusRaised(stimulus));
        await work.CommitAsync();
    }

    public async Task RaiseAndDrainAsync(Stimulus stimulus)
    {
        await RaiseAsync(stimulus);
        await Worker.DrainAsync();
    }

    /// <summary>Starts a scenario by its event, and runs until nothing can go on.</summary>
    public async Task<CaseRecord> StartAsync(string startKey = "one", string? inputJson = null)
    {
        await RaiseAndDrainAsync(Event.Published("Start", inputJson) with { StartKey = startKey, Subject = new CaseSubject("invoice:" + startKey, startKey, null) });
        return await CaseAsync(startKey);
    }

    public async Task<CaseRecord> CaseAsync(string startKey = "one") => await InTenantAsync(async services =>
        Assert.Single(await services.GetRequiredService<ICaseStore>().QueryAsync(new CaseQuery { CorrelationId = "invoice:" + startKey })));

    public async Task<CaseDetails> DetailsAsync(string startKey = "one")
    {
        var found = await CaseAsync(startKey);
        return (await InTenantAsync(async services => await services.GetRequiredService<CaseDesk>().DetailsAsync(found.Id)))!;
    }

    public async Task<bool> DecideAsync(Func<IncidentDesk, Task<bool>> decide)
    {
        var decided = await InTenantAsync(services => decide(services.GetRequiredService<IncidentDesk>()));
        await Worker.DrainAsync();
        return decided;
    }

    /// <summary>Lets running cases go on with another version, and runs until nothing can go on.</summary>
    public async Task<MigrationProgress> MigrateAsync(MigrationOrder order, bool drain = true)
    {
        var id = Guid.CreateVersion7();
        await InTenantAsync(async services =>
        {
            await services.GetRequiredService<MigrationDesk>().StartAsync(id, order, "Anna", "Shorter reminders.");
            return true;
        });
        if (drain)
            await Worker.DrainAsync();
        return await ProgressAsync(id);
    }

    public async Task<MigrationProgress> ProgressAsync(Guid migrationId) =>
        (await InTenantAsync(async services => await services.GetRequiredService<MigrationDesk>().ProgressAsync(migrationId)))!;

    public Task<MigrationPreview> PreviewAsync(MigrationOrder order) => InTenantAsync(services => services.GetRequiredService<MigrationDesk>().PreviewAsync(order));

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}

/// <summary>What test activities did, in order; things outside the unit of work.</summary>
public sealed class TestLog
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public int FailuresLeft { get; set; }

    public void Add(string line) => _lines.Add(line);
}
