using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Brings ways together again; the flowchart around it decides when it runs.</summary>
[Activity("Elsa", "Branching", "Wait for several ways, and go on by one.", DisplayName = "Join")]
public sealed class FlowJoin : Activity
{
    /// <summary>Which ways it waits for.</summary>
    [Input(Description = "Which ways it waits for.")]
    public Input<FlowJoinMode> Mode { get; set; } = new(FlowJoinMode.WaitAny);

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        FlowTokens.EnterJoin(context);
        await context.CompleteActivityAsync();
    }
}

/// <summary>Which ways a join waits for.</summary>
public enum FlowJoinMode
{
    /// <summary>The first that arrives; what still runs on ways to the join is cancelled.</summary>
    WaitAny,

    /// <summary>Every way drawn into the join.</summary>
    WaitAll,

    /// <summary>Every way that something still runs on.</summary>
    WaitAllActive,
}
