using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>What a trigger may look at when the scenario is published: its own inputs, as far as they need no case.</summary>
public sealed class TriggerIndexingContext
{
    internal TriggerIndexingContext(CompiledNode node, CancellationToken cancellationToken)
    {
        Node = node;
        TriggerName = node.Activity.Type;
        CancellationToken = cancellationToken;
    }

    internal CompiledNode Node { get; }

    /// <summary>The name its stimuli are raised under; the activity's type unless the trigger sets another.</summary>
    public string TriggerName { get; set; }

    /// <summary>Ends the work early.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The trigger.</summary>
    public ITrigger Trigger => (ITrigger)Node.Activity;

    /// <summary>The value of an input of the trigger. Only literals have one before a case exists.</summary>
    public T? Get<T>(Input<T>? input)
    {
        if (input is null)
            return default;
        return input.TryGetConstant(out var value)
            ? value
            : throw new InvalidOperationException($"The input \"{input.Name}\" of the trigger \"{Node.Id}\" needs a case to be evaluated; a trigger's inputs must be literals.");
    }
}
