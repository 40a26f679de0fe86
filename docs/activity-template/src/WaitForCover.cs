using System.ComponentModel.DataAnnotations;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Authoring;

namespace Acme;

/// <summary>Waits until the credit insurer has answered, or a time limit passes. Where nobody needs to be asked, it goes on at once.</summary>
[Activity("Acme", "Credit insurance", "Wait until the credit insurer says whether the customer is covered.", DisplayName = "Wait for cover")]
[FlowNode("Covered", "Not covered", "No answer")]
public sealed class WaitForCover : Activity
{
    /// <summary>The number of the policy that the cover is asked under.</summary>
    [Input(Description = "The number of your policy with the insurer.")]
    [Required]
    public Input<string> Policy { get; set; } = default!;

    /// <summary>Whether the insurer has to be asked at all.</summary>
    [Input(DisplayName = "Ask the insurer", Description = "Whether the insurer has to be asked; otherwise the customer counts as covered.", DefaultSyntax = "CEL")]
    public Input<bool> AskInsurer { get; set; } = new(true);

    /// <summary>How long to wait.</summary>
    [Input(DisplayName = "Time limit", Description = "How long to wait for the answer.", UIHint = "duration")]
    public Input<TimeSpan> TimeLimit { get; set; } = new(TimeSpan.FromDays(3));

    /// <summary>The insurer's number of the cover.</summary>
    [Output(DisplayName = "Cover number", Description = "The insurer's number of the cover.")]
    public Output<string> CoverNumber { get; set; } = default!;

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (!context.Get(AskInsurer))
        {
            await context.CompleteActivityWithOutcomesAsync("Covered");
            return;
        }

        // The case sleeps here, for days if need be, and costs nothing. Whoever asks the insurer finds the task's id in the case,
        // and tells the answer with POST /api/v1/cases/tasks/{id}/complete.
        context.JournalData["taskId"] = context.Id;
        context.JournalData["policy"] = context.Get(Policy);
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
