using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Starts a case, or waits in one, until an event of a name is published.</summary>
[Activity("Elsa", "Events", "Wait until an event of this name is published, or start when it is.")]
public sealed class Event : Trigger<object>
{
    /// <summary>The name under which all events are raised.</summary>
    public const string StimulusName = "Event";

    /// <summary>The name of the event.</summary>
    [Input(Description = "The name of the event.")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<string> EventName { get; set; } = default!;

    /// <summary>The stimulus that publishes an event with a payload (a JSON object), which steps then read as the result.</summary>
    public static Stimulus Published(string eventName, string? inputJson = null) =>
        Stimulus.For(StimulusName, new EventStimulus(eventName)) with { InputJson = inputJson };

    /// <inheritdoc />
    protected override object GetTriggerPayload(TriggerIndexingContext context)
    {
        context.TriggerName = StimulusName;
        return new EventStimulus(context.Get(EventName) ?? "");
    }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow())
            await OnEventAsync(context);
        else
            context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = StimulusName, Stimulus = new EventStimulus(context.Get(EventName) ?? ""), Callback = OnEventAsync });
    }

    private async ValueTask OnEventAsync(ActivityExecutionContext context)
    {
        context.SetResult(context.Burst.AllInput());
        await context.CompleteActivityAsync();
    }
}

/// <summary>What an event is found by.</summary>
/// <param name="EventName">The name of the event.</param>
public sealed record EventStimulus(string EventName);
