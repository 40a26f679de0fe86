using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Runtime.Memory;

/// <summary>One tenant's view of the memory store, with the host's scoped services behind it.</summary>
internal sealed class MemoryTenantScope : ITenantScope, IServiceProvider
{
    private readonly AsyncServiceScope? _host;
    private readonly MemoryUnitOfWork _work;
    private readonly MemoryReads _reads;

    public MemoryTenantScope(MemoryEngineStore store, Guid tenantId, IServiceProvider? host)
    {
        _work = new MemoryUnitOfWork(store, tenantId);
        _reads = new MemoryReads(store, tenantId);
        _host = host?.CreateAsyncScope();
        if (_host?.ServiceProvider.GetService<MemoryTenantServices>() is { } services)
            services.Scope = this;
    }

    public IServiceProvider Services => this;

    public object? GetService(Type serviceType)
    {
        if (serviceType == typeof(IEngineUnitOfWork))
            return _work;
        if (serviceType == typeof(ICaseStore) || serviceType == typeof(IScenarioStore))
            return _reads;
        return _host?.ServiceProvider.GetService(serviceType);
    }

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Lets the services of a host's scope find the tenant's unit of work and reads.</summary>
internal sealed class MemoryTenantServices
{
    public IServiceProvider? Scope { get; set; }

    public T Get<T>() where T : notnull =>
        Scope is null
            ? throw new InvalidOperationException($"{typeof(T).Name} belongs to a tenant; open a scope with {nameof(ITenantScopes)}.")
            : (T)Scope.GetService(typeof(T))!;
}
