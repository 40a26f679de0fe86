using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;
using CentralPay.Workflows.Engine.Simulation;
using CentralPay.Workflows.Payments;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Documents;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;
using CentralPay.Workflows.Payments.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>
/// The whole product in memory, for one thread: engine, steps and domain over a clock of its own, and nothing of the host that
/// could reach a database, a gateway or a mailbox. One customer after the other is simulated in it, each in empty books.
/// </summary>
internal sealed class SimulationHouse : ITenantScopes, IDisposable
{
    private readonly SimulatedClock clock = new();
    private readonly ServiceProvider services;
    private readonly SimulatedMerchant merchant;
    private readonly SimulatedScenario scenario;
    private readonly DebitCalendar calendar;
    private MemoryStore books = new();
    private MemoryEngineStore store;
    private SimulationLog log = new();

    public SimulationHouse(SimulatedScenario scenario, SimulatedMerchant merchant, ActivityRegistry activities, EngineLimits limits, IMessageChannels channels)
    {
        this.scenario = scenario;
        this.merchant = merchant;
        calendar = DebitCalendar.Of(merchant.Merchant);
        store = new MemoryEngineStore(clock);
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(activities)
            .AddSingleton(limits)
            .AddSingleton(channels)
            .AddSingleton<IBlobStore, MemoryBlobs>()
            .AddScoped(_ => NewWork())
            .AddScoped<IEngineUnitOfWork>(provider => provider.GetRequiredService<SimulatedUnitOfWork>())
            .AddScoped<IMerchantRecords>(provider => provider.GetRequiredService<SimulatedUnitOfWork>())
            .AddScoped<ILedger>(provider => new MemoryLedger(books, provider.GetRequiredService<SimulatedUnitOfWork>().Records))
            .AddScoped(_ => OfTenant<ICaseStore>())
            .AddScoped(_ => OfTenant<IScenarioStore>())
            .AddCollections()
            .AddActivities()
            .BuildServiceProvider();
    }

    /// <summary>Simulates a customer's invoices until an instant.</summary>
    public async Task<IReadOnlyList<SimulatedCase>> RunAsync(SimulatedCustomer account, DateTimeOffset until, CancellationToken cancellationToken)
    {
        clock.Begin(account.Invoices[0].Invoice.ImportedAt);
        (books, store, log) = (new MemoryStore(), new MemoryEngineStore(clock), new SimulationLog());
        var first = OfTenant<IEngineUnitOfWork>();
        scenario.AppendTo(first);
        await first.CommitAsync(cancellationToken);

        var world = new SimulatedWorld(account, scenario.Version.DefinitionId, books, clock, NewWork);
        await world.BeginAsync(merchant, cancellationToken);
        var whole = await new SimulationRun(store, NewWorker(), clock, new Outside(this, world)).UntilAsync(until, cancellationToken);

        var reading = new CaseReading(log, books, OfTenant<ICaseStore>(), merchant.Merchant.Id, scenario.Version.DefinitionId);
        var cases = new List<SimulatedCase>(account.Invoices.Count);
        foreach (var one in account.Invoices)
        {
            cases.Add(await reading.OfAsync(one.Invoice, account.Customer, whole, cancellationToken));
        }

        return cases;
    }

    public ITenantScope Open(Guid tenantId)
    {
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<MerchantBinding>().Bind(tenantId, Actor.System);
        return new Opened(scope);
    }

    public void Dispose() => services.Dispose();

    private T OfTenant<T>() where T : notnull => store.Open(merchant.Merchant.Id).Services.GetRequiredService<T>();

    private SimulatedUnitOfWork NewWork() => new(OfTenant<IEngineUnitOfWork>(), books, log);

    private CaseWorker NewWorker() => new(
        store, this, services.GetRequiredService<IWorkSignal>(), services.GetRequiredService<CompiledScenarios>(), clock, services.GetRequiredService<EngineLimits>(), NullLogger<CaseWorker>.Instance)
    {
        IsSimulated = true,
    };

    private sealed class Opened(AsyncServiceScope scope) : ITenantScope
    {
        public IServiceProvider Services => scope.ServiceProvider;

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }

    // The house announces debits itself where no step does any more: it looks when a notice is to begin.
    private DateTimeOffset? NextNotice()
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? next = null;
        foreach (var debit in Unannounced())
        {
            if (calendar.At(debit.AnnounceOn, 0) is var begins && begins > now && !(next <= begins))
            {
                next = begins;
            }
        }

        return next;
    }

    private IEnumerable<DirectDebit> Unannounced() =>
        books.RowsOf<DirectDebit>(merchant.Merchant.Id).Where(debit => DebitLife.IsUnderWay(debit) && debit.AnnouncedAt is null && debit.AnnounceOn < debit.CollectOn);

    private async Task<bool> AnnounceAsync(CancellationToken cancellationToken)
    {
        var today = calendar.DayOf(clock.GetUtcNow());
        if (!Unannounced().Any(debit => debit.AnnounceOn <= today))
        {
            return false;
        }

        await using var scope = Open(merchant.Merchant.Id);
        return await scope.Services.GetRequiredService<DebitNotices>().RunAsync(cancellationToken) > 0;
    }

    private sealed class Outside(SimulationHouse house, SimulatedWorld world) : ISimulatedOutside
    {
        public DateTimeOffset? NextDue => (world.NextDue, house.NextNotice()) switch
        {
            ({ } one, { } other) => one < other ? one : other,
            var (one, other) => one ?? other,
        };

        public async ValueTask<bool> HappenAsync(CancellationToken cancellationToken)
        {
            var announced = await house.AnnounceAsync(cancellationToken);
            return await world.HappenAsync(cancellationToken) || announced;
        }
    }
}
