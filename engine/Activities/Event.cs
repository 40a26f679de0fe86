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

    /// <summary>Whether only events about the case's own business object count (<see cref="PublishEvent.CorrelationId"/>).</summary>
    [Input(DisplayName = "Only about this case's subject", Description = "Whether only events that are published for this case's own business object count.", UIHint = "checkbox")]
    public Input<bool> Correlated { get; set; } = new(false);

    /// <summary>The stimulus that publishes an event with a payload (a JSON object), which steps then read as the result.</summary>
    /// <param name="eventName">The name.</param>
    /// <param name="inputJson">The payload; null for none.</param>
    /// <param name="correlationId">The only business object whose waiting cases hear it; null: every case that waits for the name, and every trigger.</param>
    public static Stimulus Published(string eventName, string? inputJson = null, string? correlationId = null) =>
        Stimulus.For(StimulusName, new EventStimulus(eventName, string.IsNullOrEmpty(correlationId) ? null : correlationId)) with { InputJson = inputJson };

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
        {
            await OnEventAsync(context);
            return;
        }

        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = StimulusName,
            Stimulus = new EventStimulus(context.Get(EventName) ?? "", context.Get(Correlated) ? context.Burst.CorrelationId : null),
            Callback = OnEventAsync,
        });
    }

    private async ValueTask OnEventAsync(ActivityExecutionContext context)
    {
        context.SetResult(context.Burst.AllInput());
        await context.CompleteActivityAsync();
    }
}

/// <summary>What an event is found by.</summary>
/// <param name="EventName">The name of the event.</param>
/// <param name="CorrelationId">The business object it is about; null where it is about none.</param>
public sealed record EventStimulus(string EventName, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? CorrelationId = null);
