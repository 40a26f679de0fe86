using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Migration;
using CentralPay.Workflows.Engine.Plugins;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CentralPay.Workflows.Engine;

/// <summary>Adds the workflow kernel to a host.</summary>
public static class EngineRegistration
{
    /// <summary>
    /// Adds the kernel. The host adds a store (<see cref="IEngineUnitOfWork"/>, <see cref="ICaseStore"/>,
    /// <see cref="IScenarioStore"/>, <see cref="IWorkQueue"/>, <see cref="ITenantScopes"/>) and a
    /// TimeProvider (business time), and may add <see cref="IActivitySource"/>, <see cref="IActivityWords"/>, <see cref="IExpressionRoots"/>, <see cref="IScenarioRules"/> and <see cref="IFaultClassifier"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="activities">Adds the host's activities.</param>
    /// <param name="functions">Adds the host's functions and types of expressions.</param>
    /// <param name="limits">Limits other than the defaults.</param>
    public static IServiceCollection AddWorkflowEngine(this IServiceCollection services, Action<ActivityRegistry>? activities = null, Action<IFunctionRegistry, IServiceProvider>? functions = null, EngineLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(limits ?? new EngineLimits());
        services.TryAddSingleton(provider =>
        {
            var registry = new ActivityRegistry(provider.GetServices<IActivityWords>());
            activities?.Invoke(registry);
            foreach (var source in provider.GetServices<IActivitySource>())
                source.AddTo(registry);
            return registry;
        });
        services.TryAddSingleton(provider =>
        {
            var registry = new FunctionRegistry(provider.GetRequiredService<TimeProvider>());
            functions?.Invoke(registry, provider);
            return registry;
        });
        services.TryAddSingleton<IFunctionRegistry>(provider => provider.GetRequiredService<FunctionRegistry>());
        services.TryAddSingleton<CompiledScenarios>();
        services.TryAddSingleton<DefinitionValidator>();
        services.TryAddSingleton<StepOutcomes>();
        services.TryAddSingleton<ImportInspection>();
        services.TryAddSingleton<IWorkSignal, WorkSignal>();
        services.TryAddSingleton<CaseWorker>();
        services.TryAddScoped<ScenarioLibrary>();
        services.TryAddScoped<IncidentDesk>();
        services.TryAddScoped<CaseDesk>();
        services.TryAddScoped<VariableDesk>();
        services.TryAddScoped<MigrationDesk>();
        services.TryAddScoped<StrandedWaits>();
        return services;
    }

    /// <summary>Keeps scenarios, cases and work in memory, for tests, simulation and a first try.</summary>
    public static IServiceCollection AddMemoryEngineStore(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => new MemoryEngineStore(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<TimeProvider>(), provider, provider.GetRequiredService<EngineLimits>()) { Signal = provider.GetService<IWorkSignal>() });
        services.TryAddSingleton<IWorkQueue>(provider => provider.GetRequiredService<MemoryEngineStore>());
        services.TryAddSingleton<ITenantScopes>(provider => provider.GetRequiredService<MemoryEngineStore>());
        services.TryAddScoped<MemoryTenantServices>();
        services.TryAddScoped(provider => provider.GetRequiredService<MemoryTenantServices>().Get<IEngineUnitOfWork>());
        services.TryAddScoped(provider => provider.GetRequiredService<MemoryTenantServices>().Get<ICaseStore>());
        services.TryAddScoped(provider => provider.GetRequiredService<MemoryTenantServices>().Get<IScenarioStore>());
        return services;
    }
}
