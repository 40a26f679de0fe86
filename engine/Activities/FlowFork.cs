using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Goes on by several ways at once.</summary>
[Activity("Elsa", "Branching", "Go on by several ways at once.", DisplayName = "Fork")]
public sealed class FlowFork : Activity
{
    /// <summary>The names of the ways.</summary>
    [Input(Description = "The names of the ways.", UIHint = "multitext")]
    public Input<ICollection<string>> Branches { get; set; } = new((ICollection<string>)[]);

    internal override IReadOnlyList<string> DynamicOutcomes =>
        Branches.TryGetConstant(out var branches) && branches is { Count: > 0 } ? [.. branches] : ["Done"];

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var branches = context.Get(Branches);
        await context.CompleteActivityWithOutcomesAsync(branches is { Count: > 0 } ? [.. branches] : ["Done"]);
    }
}
