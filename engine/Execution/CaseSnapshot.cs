using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>The case's row after a burst: what it waits for, since when, until when.</summary>
internal static class CaseSnapshot
{
    public static CaseRecord After(Burst burst, CaseRecord before)
    {
        var state = burst.State;
        if (burst.Ended is { } how)
            return (burst.Case with { Revision = before.Revision }).EndedAs(how, burst.Now);

        var faulted = state.Halted.Count > 0 || state.Steps.Exists(step => step.Fault is not null);
        var (nodeId, since, until) = state.Bookmarks.Count == 0
            ? (state.Steps.Find(step => step.Fault is not null)?.NodeId, faulted ? burst.Now : null, null)
            : WaitOf(state);
        return burst.Case with
        {
            Revision = before.Revision + 1,
            UpdatedAt = burst.Now,
            State = StateJson.Write(state),
            SubStatus = burst.IsPaused ? CaseSubStatus.Paused : faulted ? CaseSubStatus.Faulted : CaseSubStatus.Suspended,
            WaitingNodeId = nodeId,
            WaitingSince = since,
            WaitingUntil = until,
        };
    }

    /// <summary>The wait that is oldest: the step, since when, and until when at the most.</summary>
    private static (string? NodeId, DateTimeOffset? Since, DateTimeOffset? Until) WaitOf(CaseState state)
    {
        var oldest = state.Bookmarks[0];
        DateTimeOffset? until = null;
        foreach (var bookmark in state.Bookmarks)
        {
            if (bookmark.StepNumber == oldest.StepNumber && bookmark.DueAt is { } dueAt && (until is null || dueAt < until))
                until = dueAt;
        }

        return (state.Find(oldest.StepNumber)?.NodeId, oldest.CreatedAt, until);
    }
}
