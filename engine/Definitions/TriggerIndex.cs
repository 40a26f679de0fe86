using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>Asks the triggers of a scenario which stimuli start it.</summary>
internal static class TriggerIndex
{
    public static async ValueTask<IReadOnlyList<TriggerEntry>> ReadAsync(CompiledScenario scenario, CancellationToken cancellationToken)
    {
        var entries = new List<TriggerEntry>();
        foreach (var node in scenario.Triggers)
        {
            var context = new TriggerIndexingContext(node, cancellationToken);
            try
            {
                var payloads = await ((ITrigger)node.Activity).GetTriggerPayloadsAsync(context);
                foreach (var payload in payloads)
                    entries.Add(new TriggerEntry(scenario.VersionId, node.Id, context.TriggerName, StimulusHash.Of(context.TriggerName, payload)));
            }
            catch (InvalidOperationException exception)
            {
                throw new ScenarioProblemsException([new DefinitionProblem(ProblemSeverity.Error, ProblemCodes.TriggerNeedsLiterals, node.Id, null, [exception.Message])]);
            }
        }

        return entries;
    }
}
