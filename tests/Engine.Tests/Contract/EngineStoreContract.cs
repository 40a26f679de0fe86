using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Tests.Contract;

/// <summary>A store as the contract suite opens it: fresh, empty, over all tenants.</summary>
public abstract class EngineStoreUnderTest : IAsyncDisposable
{
    /// <summary>Opens tenants' scopes.</summary>
    public abstract ITenantScopes Scopes { get; }

    /// <summary>The queue over all tenants.</summary>
    public abstract IWorkQueue Queue { get; }

    /// <summary>Lets the time by which leases are measured pass.</summary>
    public abstract ValueTask LetLeaseTimePassAsync(TimeSpan time);

    /// <summary>Ends the store.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>What every store of the engine does, whatever it is made of. Each store's tests derive from it.</summary>
public abstract partial class EngineStoreContract : IAsyncLifetime
{
    /// <summary>The limits that the store is opened with.</summary>
    protected static readonly EngineLimits Limits = new() { MaxCasesPerStimulus = 4 };

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private EngineStoreUnderTest _store = null!;

    /// <summary>A fresh, empty store.</summary>
    protected abstract ValueTask<EngineStoreUnderTest> OpenStoreAsync();

    /// <summary>Business time of the tests; stores keep microseconds.</summary>
    protected static DateTimeOffset Now { get; } = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    /// <summary>The tenant most tests are about.</summary>
    protected Guid Tenant { get; } = Guid.CreateVersion7();

    /// <summary>Another tenant, who must see and move nothing.</summary>
    protected Guid OtherTenant { get; } = Guid.CreateVersion7();

    public async Task InitializeAsync() => _store = await OpenStoreAsync();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    /// <summary>Called before changes of a tenant are committed, for stores in which tenants are rows.</summary>
    protected virtual ValueTask PrepareTenantAsync(Guid tenantId) => ValueTask.CompletedTask;

    private async Task CommitAsync(params EngineChange[] changes) => await CommitForAsync(Tenant, changes);

    private async Task CommitForAsync(Guid tenant, params EngineChange[] changes)
    {
        await PrepareTenantAsync(tenant);
        await using var scope = _store.Scopes.Open(tenant);
        var work = Get<IEngineUnitOfWork>(scope);
        foreach (var change in changes)
            work.Append(change);
        await work.CommitAsync();
    }

    private async Task<T> ReadCasesAsync<T>(Func<ICaseStore, ValueTask<T>> read, Guid? tenant = null)
    {
        await using var scope = _store.Scopes.Open(tenant ?? Tenant);
        return await read(Get<ICaseStore>(scope));
    }

    private async Task<T> ReadScenariosAsync<T>(Func<IScenarioStore, ValueTask<T>> read, Guid? tenant = null)
    {
        await using var scope = _store.Scopes.Open(tenant ?? Tenant);
        return await read(Get<IScenarioStore>(scope));
    }

    private static T Get<T>(ITenantScope scope) => (T)scope.Services.GetService(typeof(T))!;

    private async Task<ClaimedItems> ClaimAsync(int limit = 100) => await _store.Queue.ClaimAsync("test", limit, Lease);

    /// <summary>Claims and completes all there is.</summary>
    private async Task<IReadOnlyList<WorkItem>> TakeAllAsync()
    {
        var all = new List<WorkItem>();
        for (var claimed = await ClaimAsync(); claimed.Count > 0; claimed = await ClaimAsync())
        {
            foreach (var item in claimed)
                await CommitForAsync(item.TenantId, new WorkCompleted(item.Id, item.LeaseToken));
            all.AddRange(claimed);
        }

        return all;
    }

    private async Task<CaseRecord> ExistingCaseAsync(string startKey = "dunning:invoice-1", Guid? tenant = null)
    {
        var made = NewCase(startKey, tenant ?? Tenant);
        await CommitForAsync(made.TenantId, new CaseChanged(made, 0));
        return made;
    }

    private static CaseRecord NewCase(string startKey, Guid tenant) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = tenant,
        DefinitionId = "dunning",
        DefinitionVersionId = "dunning-v1",
        Version = 1,
        StartKey = startKey,
        CorrelationId = "invoice:" + startKey,
        SubStatus = CaseSubStatus.Suspended,
        State = """{"n":3}"""u8.ToArray(),
        Revision = 1,
        Reference = "F-2026-0001",
        CustomerKey = "customer:7",
        WaitingNodeId = "wait",
        WaitingSince = Now,
        WaitingUntil = Now.AddDays(7),
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    private static Bookmark NewBookmark(CaseRecord @case, string? hash, DateTimeOffset? dueAt = null, bool autoBurn = true) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = @case.TenantId,
        CaseId = @case.Id,
        Name = "Payment",
        Hash = hash,
        ActivityInstanceId = @case.Id.ToString("N") + "-2",
        NodeId = "wait",
        Callback = "OnPaid",
        DueAt = dueAt,
        AutoBurn = autoBurn,
        CreatedAt = Now,
    };

    private static WorkItem NewWork(CaseRecord @case, string key, WorkLane lane = WorkLane.Event) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = @case.TenantId,
        Kind = WorkKind.Resume,
        Key = key,
        CaseId = @case.Id,
        BookmarkId = Guid.CreateVersion7(),
        InputJson = """{"amount":"12.50"}""",
        Lane = lane,
        EnqueuedAt = Now,
    };

    private static Incident NewIncident(CaseRecord @case) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = @case.TenantId,
        CaseId = @case.Id,
        DefinitionId = @case.DefinitionId,
        NodeId = "send",
        ActivityInstanceId = "3",
        Kind = IncidentKind.Outside,
        Cause = "GatewayDown",
        Message = "The gateway does not answer.",
        At = Now,
    };

    private ScenarioVersion NewVersion(string definitionId, int version, bool isLatest = true, bool isPublished = false) => new()
    {
        Id = $"{definitionId}-v{version}",
        TenantId = Tenant,
        DefinitionId = definitionId,
        Version = version,
        Name = definitionId,
        Json = "{}",
        IsLatest = isLatest,
        IsPublished = isPublished,
        Revision = 1,
        ChangedAt = Now,
        PublishedAt = isPublished ? Now : null,
    };
}
