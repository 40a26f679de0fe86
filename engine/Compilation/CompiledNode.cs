using System.Collections.Concurrent;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Compilation;

/// <summary>A step of a compiled scenario: its activity, and the inputs that are evaluated when it runs.</summary>
internal sealed class CompiledNode(int index, string id, Activity activity, ActivityBlueprint blueprint, CompiledNode? parent)
{
    private readonly ConcurrentDictionary<string, ExecuteActivityDelegate?> _callbacks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ActivityCompletionCallback?> _completionCallbacks = new(StringComparer.Ordinal);

    public int Index { get; } = index;

    public string Id { get; } = id;

    public Activity Activity { get; } = activity;

    public ActivityBlueprint Blueprint { get; } = blueprint;

    public CompiledNode? Parent { get; } = parent;

    /// <summary>The inputs that need a case; constants are settled at compilation.</summary>
    public CompiledInput[] Inputs { get; set; } = [];

    /// <summary>The host's values its inputs look at.</summary>
    public string[] Roots { get; set; } = [];

    /// <summary>Whether cases can start here, where it is a trigger.</summary>
    public bool CanStart { get; set; }

    public Output? ResultOutput { get; set; }

    /// <summary>Whether an expression of the scenario reads this step's outputs, so that they must be kept.</summary>
    public bool KeepsOutputs { get; set; }

    public IReadOnlyList<string> DefaultOutcomes { get; } = ["Done"];

    /// <summary>The outcomes it can leave by; never empty.</summary>
    public IReadOnlyList<string> OutcomesOrDone
    {
        get
        {
            var outcomes = Activity.DynamicOutcomes ?? [.. Blueprint.Descriptor.Outcomes];
            return outcomes.Count > 0 ? outcomes : DefaultOutcomes;
        }
    }

    public ExecuteActivityDelegate? Callback(string name) => _callbacks.GetOrAdd(
        name,
        static (key, node) => node.Blueprint.Callbacks.TryGetValue(key, out var method) ? method.CreateDelegate<ExecuteActivityDelegate>(node.Activity) : null,
        this);

    public ActivityCompletionCallback? CompletionCallback(string name) => _completionCallbacks.GetOrAdd(
        name,
        static (key, node) => node.Blueprint.CompletionCallbacks.TryGetValue(key, out var method) ? method.CreateDelegate<ActivityCompletionCallback>(node.Activity) : null,
        this);
}

/// <summary>An input that is evaluated when its step runs.</summary>
internal sealed record CompiledInput(Input Input, CompiledExpression Expression, bool IsSensitive);
