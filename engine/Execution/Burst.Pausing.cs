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

    /// <summary>Lets the case go on with all that came while it was paused, in the order it came; false where it is not paused.</summary>
    public async ValueTask<bool> ContinueAsync()
    {
        if (!IsPaused)
            return false;
        _case = _case with { SubStatus = CaseSubStatus.Suspended };
        var held = _state.Held.ToArray();
        _state.Held.Clear();
        foreach (var work in held)
        {
            if (Ended is not null)
                break;
            if (work is { Kind: WorkKind.Resume, BookmarkId: { } bookmarkId })
                await ResumeAsync(bookmarkId, work.InputJson, work.IsTimer);
            else if (work is { Kind: WorkKind.Retry, IncidentId: { } retried })
                await RetryAsync(retried, work.InputJson);
            else if (work is { Kind: WorkKind.Skip, IncidentId: { } skipped })
                await SkipAsync(skipped, work.InputJson);
        }

        return true;
    }
}
