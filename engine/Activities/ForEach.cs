using System.Text.Json;
using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Runs the step inside it once for each item, one after the other.</summary>
[Activity("Elsa", "Looping", "Run a step once for each item, one after the other.", DisplayName = "For each")]
public sealed class ForEach : Activity, ILoop
{
    private const string ItemsKey = "items";
    private const string NextKey = "next";

    /// <summary>The items, as they are when the loop begins.</summary>
    [Input(Description = "The items to go through.", DefaultSyntax = "CEL")]
    public Input<ICollection<object>> Items { get; set; } = new((ICollection<object>)[]);

    /// <summary>The step that runs for each.</summary>
    [Port]
    public IActivity? Body { get; set; }

    /// <summary>The item of the round, for a variable; expressions inside also read it as <c>CurrentValue</c>.</summary>
    [Output(Description = "The item of the round.")]
    public Output<object>? CurrentValue { get; set; }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.SetProperty(ItemsKey, Loops.Items(context, Items));
        await NextAsync(context);
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child) => NextAsync(context);

    private async ValueTask NextAsync(ActivityExecutionContext context)
    {
        var items = context.GetProperty<JsonElement[]>(ItemsKey) ?? [];
        var next = context.GetProperty<int>(NextKey);
        if (Body is null || next >= items.Length)
        {
            context.JournalData["rounds"] = next;
            await context.CompleteActivityAsync();
            return;
        }

        context.SetProperty(NextKey, next + 1);
        context.Set(CurrentValue, (object)items[next]);
        Loops.Begin(context, Body, items[next], next);
    }
}

/// <summary>Runs the step inside it for all items side by side, and goes on when each has ended.</summary>
[Activity("Elsa", "Looping", "Run a step for all items side by side, and go on when each has ended.", DisplayName = "For each, side by side")]
public sealed class ParallelForEach : Activity, ILoop
{
    /// <summary>The items, as they are when the loop begins.</summary>
    [Input(Description = "The items to go through.", DefaultSyntax = "CEL")]
    public Input<ICollection<object>> Items { get; set; } = new((ICollection<object>)[]);

    /// <summary>The step that runs for each; expressions inside read the item as <c>CurrentValue</c>.</summary>
    [Port]
    public IActivity? Body { get; set; }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var items = Loops.Items(context, Items);
        context.JournalData["rounds"] = items.Length;
        if (Body is null || items.Length == 0)
        {
            await context.CompleteActivityAsync();
            return;
        }

        for (var index = 0; index < items.Length; index++)
            Loops.Begin(context, Body, items[index], index);
    }

    internal override async ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child)
    {
        if (!context.Burst.State.Steps.Exists(step => step.OwnerNumber == context.Number))
            await context.CompleteActivityAsync();
    }
}
