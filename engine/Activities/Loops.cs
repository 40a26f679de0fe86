using System.Text.Json;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>A step that runs another one, drawn inside it, again and again; <see cref="Break"/> ends the nearest.</summary>
internal interface ILoop
{
    /// <summary>Whether it goes on with what it took when it began, so that its inputs are not asked again.</summary>
    bool HasTaken(ActivityExecutionContext loop) => false;
}

/// <summary>
/// What loops over items share. The item and its number are values of each round alone, so that rounds side by side do not
/// see each other's: expressions inside read them as <c>CurrentValue</c> and <c>CurrentIndex</c>, of the nearest loop.
/// </summary>
internal static class Loops
{
    public const string CurrentValue = "CurrentValue";
    public const string CurrentIndex = "CurrentIndex";

    /// <summary>Whether a variable is one that loops give.</summary>
    public static bool Gives(string variableId) => variableId is CurrentValue or CurrentIndex;

    /// <summary>Under which name a round keeps a value.</summary>
    public static string KeyOf(string variableId) => variableId == CurrentValue ? "@value" : "@index";

    /// <summary>Begins a round.</summary>
    public static void Begin(ActivityExecutionContext loop, IActivity body, object? item, int index)
    {
        var round = loop.Burst.Schedule(loop, ((Activity)body).Node!);
        round.SetProperty(KeyOf(CurrentValue), item);
        round.SetProperty(KeyOf(CurrentIndex), index);
        loop.Burst.AllowRound(loop);
    }

    /// <summary>What a round gives to the steps in it; nothing where the step is none.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> OfRound(ActivityExecutionContext step) =>
        IsRound(step) ? [.. step.Properties!.Where(property => property.Key == KeyOf(CurrentValue) || property.Key == KeyOf(CurrentIndex))] : [];

    /// <summary>Whether a step is a round of a loop over items.</summary>
    public static bool IsRound(ActivityExecutionContext step) => step.Properties?.ContainsKey(KeyOf(CurrentIndex)) == true;

    /// <summary>The round of a loop side by side that a step belongs to; null outside of one.</summary>
    public static ActivityExecutionContext? RoundBesideOthers(ActivityExecutionContext? step)
    {
        for (; step is not null; step = step.Burst.State.Find(step.OwnerNumber))
        {
            if (IsRound(step) && step.Burst.State.Find(step.OwnerNumber)?.Node.Activity is ParallelForEach)
                return step;
        }

        return null;
    }

    /// <summary>The value that the nearest loop around a step gives.</summary>
    public static bool TryFind(ActivityExecutionContext? step, string variableId, out object? value)
    {
        var key = KeyOf(variableId);
        for (; step is not null; step = step.Burst.State.Find(step.OwnerNumber))
        {
            if (step.Properties is { } kept && kept.TryGetValue(key, out value))
                return true;
        }

        value = null;
        return false;
    }

    /// <summary>The items to go through; a loop over more than the limit is refused before its first round.</summary>
    public static JsonElement[] Items(ActivityExecutionContext loop, Input<ICollection<object>> input)
    {
        var items = (loop.Get(input) ?? []).Select(item => item is JsonElement json ? json : JsonSerializer.SerializeToElement<object>(item, Expressions.KeptKinds.Options)).ToArray();
        var limit = loop.Burst.Limits.MaxLoopItems;
        return items.Length <= limit
            ? items
            : throw new ScenarioFaultException(IncidentKind.Data, FaultCauses.TooManyItems, $"The step \"{loop.NodeId}\" has {items.Length} items to go through; the limit is {limit}.");
    }
}
