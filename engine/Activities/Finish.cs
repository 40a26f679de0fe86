using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Ends the case, whatever else still runs or waits in it.</summary>
[Activity("Elsa", "Flow", "End the case here, whatever else still waits in it.")]
public sealed class Finish : Activity, ITerminalNode
{
    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => context.Burst.End(CaseSubStatus.Finished);
}
