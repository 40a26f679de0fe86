using System.ComponentModel.DataAnnotations;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;

namespace Acme;

/// <summary>Waits until the credit insurer has answered, or a time limit passes. Small amounts need no answer.</summary>
[Activity("Acme", "Credit insurance", "Wait until the credit insurer says whether the customer is covered.", DisplayName = "Wait for cover")]
[FlowNode("Covered", "Not covered", "No answer")]
public sealed class WaitForCover : Activity
{
    /// <summary>What is to be covered, in euros.</summary>
    [Input(Description = "What is to be covered, in euros.")]
    [Required]
    public Input<decimal> Amount { get; set; } = default!;

    /// <summary>Up to this amount, in euros, nobody is asked.</summary>
    [Input(DisplayName = "Covered anyway up to", Description = "Up to this amount, in euros, nobody is asked.")]
    public Input<decimal> CoveredAnywayUpTo { get; set; } = new(1000m);

    /// <summary>How long to wait.</summary>
    [Input(DisplayName = "Time limit", Description = "How long to wait for the answer.", UIHint = "duration")]
    public Input<TimeSpan> TimeLimit { get; set; } = new(TimeSpan.FromDays(3));

    /// <summary>The insurer's number of the cover.</summary>
    [Output(DisplayName = "Cover number", Description = "The insurer's number of the cover.")]
    public Output<string> CoverNumber { get; set; } = default!;

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.Get(Amount) <= context.Get(CoveredAnywayUpTo))
        {
            await context.CompleteActivityWithOutcomesAsync("Covered");
            return;
        }

        // The case sleeps here, for days if need be, and costs nothing. Whoever asks the insurer finds the task's id in the case,
        // and tells the answer with POST /api/v1/cases/tasks/{id}/complete.
        context.JournalData["taskId"] = context.Id;
        context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = RunTask.StimulusName, Stimulus = new TaskDone(context.Id), Callback = OnAnswerAsync });
        context.DelayFor(context.Get(TimeLimit), OnTimeLimitAsync);
    }

    // Waiting cases remember these two methods by name: rename one, and they no longer find it.
    private async ValueTask OnAnswerAsync(ActivityExecutionContext context)
    {
        context.Set(CoverNumber, context.GetWorkflowInput<string>("coverNumber"));
        await context.CompleteActivityWithOutcomesAsync(context.GetWorkflowInput<bool>("covered") ? "Covered" : "Not covered");
    }

    private async ValueTask OnTimeLimitAsync(ActivityExecutionContext context) => await context.CompleteActivityWithOutcomesAsync("No answer");
}
