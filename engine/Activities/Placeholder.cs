using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Stands for an activity that is not installed; the definition keeps what was drawn.</summary>
public sealed class Placeholder : Activity
{
    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => throw NotInstalled();

    internal ScenarioFaultException NotInstalled() => new(
        IncidentKind.Configuration,
        $"{FaultCauses.UnknownActivity}:{Type}",
        $"The step \"{Name ?? Id}\" needs the activity {Type}, which is not installed.");
}
