using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Stops the case with an incident that a person decides.</summary>
[Activity("Elsa", "Flow", "Stop here with an incident that a person decides.")]
public sealed class Fault : Activity, ITerminalNode
{
    /// <summary>A short text that equal incidents share.</summary>
    [Input(Description = "A short code that equal incidents share.")]
    public Input<string> Code { get; set; } = new("Fault");

    /// <summary>What happened, for whoever decides.</summary>
    [Input(Description = "What happened, in words for whoever decides.", UIHint = "multiline")]
    public Input<string> Message { get; set; } = new("");

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var code = context.Get(Code);
        var message = context.Get(Message);
        throw new ScenarioFaultException(
            IncidentKind.Data,
            string.IsNullOrWhiteSpace(code) ? FaultCauses.Fault : code,
            string.IsNullOrWhiteSpace(message) ? "The scenario stopped here as drawn." : message);
    }
}
