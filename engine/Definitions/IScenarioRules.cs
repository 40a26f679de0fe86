namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>What the host knows to be wrong with a scenario beyond its drawing. Asked before one is published or simulated. Scoped to a tenant.</summary>
public interface IScenarioRules
{
    /// <summary>The problems of a scenario that can be read.</summary>
    ValueTask<IReadOnlyList<DefinitionProblem>> CheckAsync(ScenarioDefinition definition, CancellationToken cancellationToken);
}
