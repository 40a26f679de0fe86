using System.Diagnostics;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>How a paused case keeps what comes, and goes on with it when a person lets it.</summary>
internal sealed partial class Burst
{
    /// <summary>Whether a person paused the case: nothing in it moves, and nothing that comes is lost.</summary>
    public bool IsPaused => _case.SubStatus == CaseSubStatus.Paused;

    /// <summary>Keeps an item until the case goes on; false where it would change nothing anyway.</summary>
    public bool Hold(WorkItem item)
    {
        if (item.Kind == WorkKind.Resume)
        {
            if (_state.Bookmarks.Find(open => open.Id == item.BookmarkId) is not { } bookmark)
                return false;
            ResumedBy = bookmark.Name;

            // The wait was hit: what comes next under its hash is kept for a later one, as if the case had gone on.
            if (bookmark.AutoBurn)
                _work.Append(new BookmarkBurned(_case.Id, bookmark.Id));
        }

        _state.Held.Add(new HeldWork(item.Kind, item.BookmarkId, item.IncidentId, item.InputJson, item.Lane == WorkLane.Timer));
        return true;
    }

    /// <summary>Whether an incident stopped what a person asked of the whole case: its decision moves a paused case too.</summary>
    public bool StoppedAPerson(Guid? incidentId) =>
        _state.Halted.Exists(work => work.IncidentId == incidentId && work.Kind is (WorkKind.Continue or WorkKind.Cancel));

    /// <summary>
    /// Lets the case go on with what came while it was paused, in the order it came; false where it is not paused. Each piece
    /// has the budget of a burst, as it would have had when it came. What does not fit into this burst goes into the next;
    /// until then the case stays paused, so that nothing overtakes it.
    /// </summary>
    public async ValueTask<bool> ContinueAsync()
    {
        if (!IsPaused)
            return false;
        ForgetFailedContinue("The case went on.");
        _case = _case with { SubStatus = CaseSubStatus.Suspended };
        var held = new Queue<HeldWork>(_state.Held);
        _state.Held.Clear();
        var (begunAt, steps) = (_startedAt, 0);
        while (Ended is null && held.TryDequeue(out var work))
        {
            _startedAt = _lastStepEndedAt = Stopwatch.GetTimestamp();
            (_stepsRun, _rounds) = (0, 0);
            await DoAsync(work);
            steps += _stepsRun;
            if (IsHalfSpent(begunAt, steps))
                break;
        }

        if (Ended is null && held.Count > 0)
            StayPaused(held);
        return true;
    }

    /// <summary>Letting the case go on was tried again: what it failed at before needs no decision any more.</summary>
    public void ForgetFailedContinue(string resolution)
    {
        foreach (var failed in _state.Halted.FindAll(work => work.Kind == WorkKind.Continue))
        {
            _state.Halted.Remove(failed);
            _work.Append(new IncidentsClosed(_case.Id, failed.IncidentId, Now, resolution));
        }
    }

    private ValueTask<bool> DoAsync(HeldWork work) => work switch
    {
        { Kind: WorkKind.Resume, BookmarkId: { } bookmarkId } => ResumeAsync(bookmarkId, work.InputJson, work.IsTimer),
        { Kind: WorkKind.Retry, IncidentId: { } incidentId } => RetryAsync(incidentId, work.InputJson),
        { Kind: WorkKind.Skip, IncidentId: { } incidentId } => SkipAsync(incidentId, work.InputJson),
        _ => ValueTask.FromResult(false),
    };

    // With the half that another piece may begin at and a whole one for it, a burst stays well within its lease.
    private bool IsHalfSpent(long begunAt, int steps) =>
        steps > Limits.MaxStepsPerBurst / 2 || Stopwatch.GetElapsedTime(begunAt) > Limits.MaxBurstDuration / 2;

    private void StayPaused(IEnumerable<HeldWork> left)
    {
        _state.Held.AddRange(left);
        _case = _case with { SubStatus = CaseSubStatus.Paused };
        _work.Append(new WorkEnqueued(new WorkItem
        {
            Id = TimeOrderedId.At(Now),
            TenantId = _case.TenantId,
            Kind = WorkKind.Continue,
            Key = $"continue:{_case.Id:N}:{_case.Revision + 1}",
            CaseId = _case.Id,
            EnqueuedAt = Now,
        }));
    }
}
