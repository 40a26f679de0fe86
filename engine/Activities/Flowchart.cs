using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Runs the steps inside it along the connections drawn between them.</summary>
[Activity("Elsa", "Flow", "Run steps along the connections drawn between them.")]
public sealed class Flowchart : Activity
{
    internal FlowGraph Graph { get; private set; } = FlowGraph.Empty;

    internal override bool IsFrame => true;

    internal override void Bind(BindingContext binding) => Graph = FlowGraph.Of(binding.Step, binding.Children);

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var start = context.StartNode is { } trigger && Graph.Holds(trigger) ? trigger : Graph.Start;
        if (start is null)
        {
            await context.CompleteActivityAsync();
            return;
        }

        context.Burst.Schedule(context, start).StartsCase = ReferenceEquals(start, context.StartNode);
    }

    internal override async ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child) =>
        await FlowTokens.PassOnAsync(context, child);

    internal override void AfterMigration(ActivityExecutionContext context) => FlowTokens.LookAgain(context);
}
