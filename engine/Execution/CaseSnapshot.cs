using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>The case's row after a burst: what it waits for, since when, until when.</summary>
internal static class CaseSnapshot
{
    public static CaseRecord After(Burst burst, CaseRecord before)
    {
        var state = burst.State;
        var @case = burst.Case with { Revision = before.Revision + 1, UpdatedAt = burst.Now };
        if (burst.Ended is { } how)
        {
            return @case with
            {
                Status = CaseStatus.Finished,
                SubStatus = how,
                State = default,
                WaitingNodeId = null,
                WaitingSince = null,
                WaitingUntil = null,
                FinishedAt = burst.Now,
            };
        }

        var faulted = state.Halted.Count > 0 || state.Steps.Exists(step => step.Fault is not null);
        @case = @case with { State = StateJson.Write(state), SubStatus = burst.IsPaused ? CaseSubStatus.Paused : faulted ? CaseSubStatus.Faulted : CaseSubStatus.Suspended };
        if (state.Bookmarks.Count == 0)
            return @case with { WaitingNodeId = state.Steps.Find(step => step.Fault is not null)?.NodeId, WaitingSince = faulted ? burst.Now : null, WaitingUntil = null };

        var oldest = state.Bookmarks[0];
        DateTimeOffset? until = null;
        foreach (var bookmark in state.Bookmarks)
        {
            if (bookmark.StepNumber == oldest.StepNumber && bookmark.DueAt is { } dueAt && (until is null || dueAt < until))
                until = dueAt;
        }

        return @case with { WaitingNodeId = state.Find(oldest.StepNumber)?.NodeId, WaitingSince = oldest.CreatedAt, WaitingUntil = until };
    }
}
