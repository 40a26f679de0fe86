using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>
/// A step of a scenario. It decides and asks, and ends when told: by completing, or by waiting at a bookmark. One object
/// serves all cases of a scenario version, so it keeps no state of its own: what must last is in variables and properties.
/// </summary>
public abstract class Activity : IActivity
{
    /// <inheritdoc />
    public string Id { get; set; } = "";

    /// <inheritdoc />
    public string Type { get; set; } = "";

    /// <inheritdoc />
    public string? Name { get; set; }

    /// <summary>The version of the activity's contract.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Its place in the compiled graph.</summary>
    internal CompiledNode? Node { get; set; }

    /// <summary>Whether it completes by itself when it has run and waits for nothing.</summary>
    internal virtual bool CompletesItself => false;

    /// <summary>Whether it is a frame around other steps, which the journal leaves out.</summary>
    internal virtual bool IsFrame => false;

    /// <summary>Prepares what the form's inputs alone do not give: conditions, graphs. Runs once, at compilation.</summary>
    internal virtual void Bind(BindingContext binding)
    {
    }

    /// <summary>Outcomes that depend on how the step was filled in; null where the type's own hold.</summary>
    internal virtual IReadOnlyList<string>? DynamicOutcomes => null;

    /// <summary>A step scheduled inside this one has completed.</summary>
    internal virtual ValueTask OnChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child) => ValueTask.CompletedTask;

    /// <summary>A case that stands inside this step came here from another version of its scenario: what was remembered of the old drawing is put right.</summary>
    internal virtual void AfterMigration(ActivityExecutionContext context)
    {
    }

    /// <summary>Runs the step.</summary>
    protected virtual ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        Execute(context);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs the step, where nothing is awaited.</summary>
    protected virtual void Execute(ActivityExecutionContext context)
    {
    }

    internal ValueTask RunAsync(ActivityExecutionContext context) => ExecuteAsync(context);
}

/// <summary>A step with a result.</summary>
/// <typeparam name="T">What the result is.</typeparam>
public abstract class Activity<T> : Activity
{
    /// <summary>What the step resulted in.</summary>
    [Output(Description = "The result.")]
    public Output<T>? Result { get; set; }
}
