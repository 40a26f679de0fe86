using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Execution;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Opens cases as they stand between two bursts, for people who look at them and decide.</summary>
internal sealed class StandingCases(IServiceProvider tenant, IScenarioStore scenarios, CompiledScenarios compiled, IEngineUnitOfWork work, TimeProvider clock, EngineLimits limits)
{
    private readonly BurstServices _services = new(tenant, clock, limits, [], null);

    /// <summary>The case; null where it does not fit its version any more, or that is gone: its incident says so, and there is nothing to show or to correct.</summary>
    public async ValueTask<Burst?> OpenAsync(CaseRecord found, CancellationToken cancellationToken)
    {
        try
        {
            return await compiled.FindAsync(scenarios, found.TenantId, found.DefinitionVersionId, cancellationToken) is { } scenario ? new Burst(scenario, found, work, _services, cancellationToken) : null;
        }
        catch (ScenarioFaultException)
        {
            return null;
        }
    }
}
