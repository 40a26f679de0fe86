using System.Text.Json;
using CentralPay.Workflows.Engine.Authoring;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Activities;

/// <summary>
/// Starts a case of another scenario, once however often the step is tried again, and waits for its end where it is told to; where
/// the step is cancelled meanwhile, the case is cancelled too.
/// The result is an object: <c>caseId</c>, and of a case that was waited for <c>status</c> (Finished, Cancelled or Terminated) and
/// <c>output</c>, its variables as they were at its end.
/// </summary>
[Activity("Elsa", "Composition", "Run another scenario, and wait for its end or go on at once.", DisplayName = "Run a scenario")]
public sealed class ExecuteWorkflow : Activity<object>
{
    /// <summary>The name under which waits for sub-cases are found.</summary>
    public const string StimulusName = "Elsa.ExecuteWorkflow";

    private const string ChildKey = "case";

    /// <summary>The scenario; its published version runs.</summary>
    [Input(DisplayName = "Scenario", Description = "The scenario to run.")]
    [System.ComponentModel.DataAnnotations.Required]
    public Input<string> WorkflowDefinitionId { get; set; } = default!;

    /// <summary>What it is about; empty for what this case is about.</summary>
    [Input(DisplayName = "Correlation", Description = "What the other case is about; empty for what this one is about.")]
    public Input<string?> CorrelationId { get; set; } = new((string?)null);

    /// <summary>What it receives, by name.</summary>
    [Input(Description = "What the other scenario receives.", DefaultSyntax = "CEL")]
    public Input<IDictionary<string, object?>?> Input { get; set; } = new((IDictionary<string, object?>?)null);

    /// <summary>Whether the step waits for its end.</summary>
    [Input(DisplayName = "Wait for its end", Description = "Whether this case goes on only when the other has ended.", UIHint = "checkbox")]
    public Input<bool> WaitForCompletion { get; set; } = new(true);

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var definitionId = context.Get(WorkflowDefinitionId) ?? "";
        var version = await context.GetRequiredService<IScenarioStore>().PublishedAsync(definitionId, context.CancellationToken)
            ?? throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.NoPublishedVersion, $"The step \"{context.NodeId}\" runs the scenario {definitionId}, which has no published version.");
        var input = context.Get(Input);
        var child = context.Burst.StartChild(context, version, input is null ? null : JsonSerializer.Serialize(input, Expressions.EngineJson.Kept), context.Get(CorrelationId));
        context.JournalData["caseId"] = child;
        if (context.Get(WaitForCompletion))
        {
            context.SetProperty(ChildKey, child);
            context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = StimulusName, Stimulus = new ChildCase(child), Callback = EndedAsync });
            return;
        }

        context.SetResult(new Dictionary<string, object?> { ["caseId"] = child });
        await context.CompleteActivityAsync();
    }

    /// <summary>The case whose end a step waits for; null where it waits for none.</summary>
    internal static Guid? WaitedForBy(ActivityExecutionContext step) => step.Node.Activity is ExecuteWorkflow run ? step.GetProperty<Guid?>(ChildKey) ?? run.BegunBefore(step) : null;

    // A step that began to wait under a build which did not keep the case: its identity follows from the step's.
    private Guid? BegunBefore(ActivityExecutionContext step) =>
        WorkflowDefinitionId.TryGetConstant(out var definitionId) && step.Burst.State.Bookmarks.Exists(wait => wait.StepNumber == step.Number && wait.Name == StimulusName)
            ? step.Burst.ChildOf(step, definitionId ?? "")
            : null;

    private async ValueTask EndedAsync(ActivityExecutionContext context)
    {
        context.SetResult(context.Burst.AllInput());
        await context.CompleteActivityAsync();
    }
}

/// <summary>The case that a step waits for.</summary>
public sealed record ChildCase(Guid CaseId);
