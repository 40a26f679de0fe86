namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>A step that starts cases when its stimulus is raised; inside a case it waits for that stimulus.</summary>
public abstract class Trigger : Activity, ITrigger
{
    ValueTask<IEnumerable<object>> ITrigger.GetTriggerPayloadsAsync(TriggerIndexingContext context) => GetTriggerPayloadsAsync(context);

    /// <summary>The payloads of the stimuli that start a case here.</summary>
    protected virtual ValueTask<IEnumerable<object>> GetTriggerPayloadsAsync(TriggerIndexingContext context) => new(GetTriggerPayloads(context));

    /// <summary>The payloads of the stimuli that start a case here, where nothing is awaited.</summary>
    protected virtual IEnumerable<object> GetTriggerPayloads(TriggerIndexingContext context) => [GetTriggerPayload(context)];

    /// <summary>The payload of the one stimulus that starts a case here.</summary>
    protected virtual object GetTriggerPayload(TriggerIndexingContext context) => new();
}

/// <summary>A step with a result that starts cases when its stimulus is raised.</summary>
/// <typeparam name="T">What the result is.</typeparam>
public abstract class Trigger<T> : Trigger
{
    /// <summary>What the step resulted in.</summary>
    [Output(Description = "The result.")]
    public Output<T>? Result { get; set; }
}
