using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>
/// A step that waits for its time, and starts cases at it where the scenario begins with it. Each published version has one
/// case that keeps its clock: it waits for the next time, starts a case of the scenario, and waits again. While the scenario is
/// out of service it starts none; when another version is published it ends.
/// </summary>
public abstract class TimeTrigger : Trigger
{
    private const string DueKey = "due";

    /// <summary>The first time after an instant; null for none.</summary>
    private protected abstract ValueTask<DateTimeOffset?> NextAsync(ActivityExecutionContext context, DateTimeOffset after);

    /// <summary>Throws <see cref="InvalidOperationException"/> where a scenario cannot begin with it as it is filled in.</summary>
    private protected abstract void Check(TriggerIndexingContext context);

    /// <inheritdoc />
    protected override IEnumerable<object> GetTriggerPayloads(TriggerIndexingContext context)
    {
        Check(context);
        return [];
    }

    /// <inheritdoc />
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow() && !context.Burst.IsClock)
            await context.CompleteActivityAsync();
        else
            await WaitAsync(context, context.Burst.Now);
    }

    /// <summary>The time has come.</summary>
    protected async ValueTask DueAsync(ActivityExecutionContext context)
    {
        var burst = context.Burst;
        if (!burst.IsClock)
        {
            await context.CompleteActivityAsync();
            return;
        }

        var due = context.GetProperty<DateTimeOffset>(DueKey);
        var published = await context.GetRequiredService<IScenarioStore>().PublishedAsync(burst.Scenario.DefinitionId, context.CancellationToken);
        if (published is not null && published.Id != burst.Scenario.VersionId)
        {
            burst.End(CaseSubStatus.Finished);
            return;
        }

        if (published is not null)
            burst.StartOnTime(context, due);

        // What was missed while nothing ran is made up for once, not once for each time.
        await WaitAsync(context, burst.Now > due ? burst.Now : due);
    }

    private async ValueTask WaitAsync(ActivityExecutionContext context, DateTimeOffset after)
    {
        if (await NextAsync(context, after) is { } next)
        {
            context.SetProperty(DueKey, next);
            context.JournalData["next"] = next;
            context.DelayUntil(next, DueAsync);
        }
        else if (context.Burst.IsClock)
        {
            context.Burst.End(CaseSubStatus.Finished);
        }
        else
        {
            await context.CompleteActivityAsync();
        }
    }
}
