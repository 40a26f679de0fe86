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
        if (!HasTaken(context))
            context.SetProperty(ItemsKey, Loops.Items(context, Items));
        await NextAsync(context, isOwnStep: true);
    }

    internal override ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child) => NextAsync(context, isOwnStep: false);

    bool ILoop.HasTaken(ActivityExecutionContext loop) => HasTaken(loop);

    // Other items that a person gave, where one did not fit, are taken from the round that stood still.
    private static bool HasTaken(ActivityExecutionContext loop) => loop.Properties?.ContainsKey(ItemsKey) == true && !loop.TryGetCorrected(ItemsKey, out _);

    private async ValueTask NextAsync(ActivityExecutionContext context, bool isOwnStep)
    {
        var items = context.GetProperty<JsonElement[]>(ItemsKey) ?? [];
        var next = context.GetProperty<int>(NextKey);
        if (Body is null || next >= items.Length)
        {
            context.JournalData["rounds"] = next;
            await context.CompleteActivityAsync();
            return;
        }

        try
        {
            context.Set(CurrentValue, (object)items[next]);
        }
        catch (FormatException) when (!isOwnStep)
        {
            // Given again as a step of its own: where the item does not fit, the loop stands still, and what the round did stays.
            context.Burst.RunAgain(context);
            return;
        }

        context.SetProperty(NextKey, next + 1);
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
