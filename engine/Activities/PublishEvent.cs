using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>Publishes an event that <see cref="Event"/> steps of other cases wait for, in the very commit of this step.</summary>
[Activity("Elsa", "Events", "Publish an event that other scenarios wait for or start at.", DisplayName = "Publish an event")]
public sealed class PublishEvent : CodeActivity
{
    /// <summary>The name of the event.</summary>
    [Input(Description = "The name of the event.")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<string> EventName { get; set; } = default!;

    /// <summary>Only cases with this correlation hear it; empty for every case.</summary>
    [Input(DisplayName = "Correlation", Description = "Only cases about this business object hear it; empty for all.")]
    public Input<string?> CorrelationId { get; set; } = new((string?)null);

    /// <summary>What is sent along, by name; the waiting step reads it as its result.</summary>
    [Input(Description = "What is sent along.", DefaultSyntax = "CEL")]
    public Input<IDictionary<string, object?>?> Payload { get; set; } = new((IDictionary<string, object?>?)null);

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var name = context.Get(EventName);
        if (string.IsNullOrWhiteSpace(name))
            throw new ScenarioFaultException(IncidentKind.Data, FaultCauses.EventWithoutName, $"The step \"{context.NodeId}\" publishes an event without a name.");
        var payload = context.Get(Payload);
        context.JournalData["event"] = name;
        context.Burst.Raise(Event.Published(name, payload is null ? null : System.Text.Json.JsonSerializer.Serialize(payload, Expressions.EngineJson.Kept), context.Get(CorrelationId)));
    }
}
