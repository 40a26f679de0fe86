using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Sets a variable of the case.</summary>
[Activity("Elsa", "Data", "Set a variable of the case to a value.")]
public sealed class SetVariable : CodeActivity
{
    /// <summary>The variable: its name, or as definitions refer to it.</summary>
    [Input(Description = "The variable to set.", UIHint = "variable-picker")]
    public Variable? Variable { get; set; }

    /// <summary>The value it gets.</summary>
    [Input(Description = "The value it gets.")]
    public Input<object?> Value { get; set; } = new((object?)null);

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var variable = Variable ?? throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.NoVariable, $"The step \"{Name ?? Id}\" does not say which variable it sets.");
        context.SetVariable(variable.Name, context.Get(Value));
    }
}
