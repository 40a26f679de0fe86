using System.Globalization;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Benchmarks.Measuring;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>The house without its web server: one merchant on a database, registered as the server does it, with stop-watches in between.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly EngineLimits limits;
    private readonly List<IHostedService> hosted = [];

    private House(TestBed bed, Guid merchantId, EngineLimits limits)
    {
        Bed = bed;
        this.limits = limits;
        MerchantId = merchantId;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = bed.Provider.ToString(),
            ["Storage:ConnectionString"] = bed.ConnectionString,
            ["Storage:BlobFolder"] = Path.Combine(bed.Folder, "blobs"),
        }).Build();
        var registered = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddProvider(new FailureLog(Milestones)))
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(limits)
            .AddSingleton(WakeUps)
            .AddSingleton<IWorkSignal>(WakeUps)
            .AddSingleton<IEffectSignal>(WakeUps)
            .AddStorage(configuration)
            .AddCollections()
            .AddActivities();
        Observe<IWorkQueue>(registered, queue => new ObservedQueue(queue, Sections));
        Observe<ICaseStore>(registered, cases => new ObservedCases(cases, Sections));
        registered.AddScoped<IEngineUnitOfWork>(scope => new ObservedUnitOfWork(scope.GetRequiredService<UnitOfWork>(), Milestones, Sections));
        services = registered.BuildServiceProvider();
    }

    public TestBed Bed { get; }

    public BenchClock Clock { get; } = new();

    public WakeUps WakeUps { get; } = new();

    public Milestones Milestones { get; } = new();

    public Sections Sections { get; } = new();

    public Guid MerchantId { get; }

    public Database Database => Get<Database>();

    /// <summary>A house on a fresh database, with scenarios published.</summary>
    public static Task<House> OpenAsync(TestBed bed, params string[] scenarios) => OpenAsync(bed, new EngineLimits(), scenarios);

    /// <summary>A house on a fresh database, within limits, with scenarios published.</summary>
    public static async Task<House> OpenAsync(TestBed bed, EngineLimits limits, params string[] scenarios)
    {
        var house = new House(bed, Guid.CreateVersion7(), limits);
        await house.Get<DatabaseStart>().MigrateAsync();
        await MustReachTheDiskAsync(house);
        await using var scope = house.Open();
        scope.Records.Add(new Merchant
        {
            Id = house.MerchantId,
            MerchantId = house.MerchantId,
            Name = "Maison Lumière",
            Slug = "maison-lumiere",
            SenderEmail = "compta@maison-lumiere.test",
            DefaultScenarioId = ReadyMadeScenarios.SoftDunningId,
        });
        await scope.Records.CommitAsync();
        var library = scope.Services.GetRequiredService<ScenarioLibrary>();
        foreach (var json in scenarios)
        {
            var draft = await library.ImportAsync(json, "benchmark");
            await library.PublishAsync(draft.DefinitionId, draft.Revision, "First version", "benchmark");
        }

        return house;
    }

    /// <summary>Another node of the same house: it hears what this one commits, and is heard.</summary>
    public async Task<House> AnotherNodeAsync()
    {
        var another = new House(Bed, MerchantId, limits);
        await HearEachOtherAsync(this);
        await HearEachOtherAsync(another);
        return another;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public IMerchantScope Open() => Get<IMerchantScopes>().Open(MerchantId, Actor.System);

    /// <summary>Runs cases until disposed, as the server does.</summary>
    public Workers RunCases() => new(stopping => Get<CaseWorker>().RunAsync(stopping));

    public async ValueTask DisposeAsync()
    {
        foreach (var each in hosted)
        {
            await each.StopAsync(CancellationToken.None);
        }

        await services.DisposeAsync();
        WakeUps.Dispose();
    }

    // As the server's host does it; here nothing else is hosted.
    private static async Task HearEachOtherAsync(House node)
    {
        foreach (var hosted in node.services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
            node.hosted.Add(hosted);
        }
    }

    // Figures of commits that may be lost would not be comparable.
    private static async Task MustReachTheDiskAsync(House house)
    {
        await using var connection = await house.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = house.Bed.Provider == StorageProvider.Sqlite ? "PRAGMA synchronous" : "SHOW fsync";
        var setting = Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        if (setting is not ("2" or "on"))
        {
            throw new InvalidOperationException($"{house.Bed.Name} does not bring every commit to the disk: '{command.CommandText}' answers {setting}. Only the cluster that the benchmarks start, or one with fsync on, can be measured.");
        }
    }

    private static void Observe<T>(IServiceCollection services, Func<T, T> observed)
        where T : class
    {
        var plain = services.Last(service => service.ServiceType == typeof(T));
        services.Add(new ServiceDescriptor(typeof(T), provider => observed((T)ActivatorUtilities.CreateInstance(provider, plain.ImplementationType!)), plain.Lifetime));
    }
}

/// <summary>Work in the background until disposed.</summary>
internal sealed class Workers : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    public Workers(Func<CancellationToken, Task> work) => running = Task.Run(() => work(stopping.Token));

    /// <summary>Two that end together.</summary>
    public static Workers Both(Workers first, Workers second) => new(async stopping =>
    {
        await using (first)
        await using (second)
        {
            await Task.Delay(Timeout.Infinite, stopping);
        }
    });

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // As it was told.
        }

        stopping.Dispose();
    }
}
