namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>Goes on with a step; a method of the activity.</summary>
public delegate ValueTask ExecuteActivityDelegate(ActivityExecutionContext context);

/// <summary>Hears that a step scheduled inside another has completed; a method of the outer activity.</summary>
public delegate ValueTask ActivityCompletionCallback(ActivityCompletedContext context);

/// <summary>A step inside another has completed.</summary>
/// <param name="TargetContext">The outer step.</param>
/// <param name="ChildContext">The completed step.</param>
public sealed record ActivityCompletedContext(ActivityExecutionContext TargetContext, ActivityExecutionContext ChildContext);

/// <summary>What a step waits for, and how it goes on.</summary>
public sealed class CreateBookmarkArgs
{
    /// <summary>The name the stimulus is raised under; the activity's type where null.</summary>
    public string? BookmarkName { get; set; }

    /// <summary>The payload that the stimulus must equal; null for a stimulus without one.</summary>
    public object? Stimulus { get; set; }

    /// <summary>The method of the activity that goes on; null completes the step.</summary>
    public ExecuteActivityDelegate? Callback { get; set; }

    /// <summary>Whether the wait is over once it was hit.</summary>
    public bool AutoBurn { get; set; } = true;

    /// <summary>Whether a hit completes the step where no callback is given.</summary>
    public bool AutoComplete { get; set; } = true;

    /// <summary>Whether only this run of the step can be hit, by somebody who knows its <see cref="ActivityExecutionContext.Id"/>.</summary>
    public bool IncludeActivityInstanceId { get; set; }

    /// <summary>Kept for source compatibility with Elsa; written to the journal.</summary>
    public IDictionary<string, string>? Metadata { get; set; }
}
