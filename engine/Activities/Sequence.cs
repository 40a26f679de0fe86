using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Runs the steps inside it one after the other.</summary>
[Activity("Elsa", "Workflows", "Run steps one after the other.")]
public sealed class Sequence : Activity
{
    private IReadOnlyList<CompiledNode> _steps = [];

    internal override bool IsFrame => true;

    internal override void Bind(BindingContext binding) => _steps = binding.Children;

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) => await RunAsync(context, 0);

    internal override async ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child) =>
        await RunAsync(context, context.GetProperty<int>("next"));

    internal override void AfterMigration(ActivityExecutionContext context)
    {
        // Steps may have come before the one that runs, or gone: what is next is told by where that one stands now.
        if (context.Burst.State.Steps.Find(step => step.OwnerNumber == context.Number) is { } running)
            context.SetProperty("next", _steps.ToList().IndexOf(running.Node) + 1);
    }

    private async ValueTask RunAsync(ActivityExecutionContext context, int next)
    {
        if (next == _steps.Count)
        {
            await context.CompleteActivityAsync();
            return;
        }

        context.SetProperty("next", next + 1);
        context.Burst.Schedule(context, _steps[next]).StartsCase = ReferenceEquals(context.StartNode, _steps[next]);
    }
}
