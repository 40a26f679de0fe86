using CentralPay.Workflows.Engine.Activities;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Where people look at cases and end them. Scoped to a tenant.</summary>
public sealed class CaseDesk(ICaseStore cases, IEngineUnitOfWork work, TimeProvider clock)
{
    private const int CaseIdLength = 32;

    /// <summary>Cases by filter, newest first.</summary>
    public ValueTask<IReadOnlyList<CaseRecord>> ListAsync(CaseQuery query, CancellationToken cancellationToken = default) => cases.QueryAsync(query, cancellationToken);

    /// <summary>A case with its waits, its journal and its open incidents; null where there is none.</summary>
    public async ValueTask<CaseDetails?> DetailsAsync(Guid caseId, CancellationToken cancellationToken = default)
    {
        if (await cases.FindAsync(caseId, cancellationToken) is not { } found)
            return null;
        return new CaseDetails(
            found,
            await cases.BookmarksAsync(caseId, cancellationToken),
            await cases.JournalAsync(caseId, cancellationToken),
            await cases.OpenIncidentsAsync(caseId, 100, cancellationToken));
    }

    /// <summary>Tells that a task is done that a case asked for (<see cref="RunTask"/>). False where no case waits for it.</summary>
    /// <param name="taskId">The task.</param>
    /// <param name="resultJson">What came of it, a JSON object; null for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<bool> CompleteTaskAsync(string taskId, string? resultJson, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(taskId);
        if (taskId.Length <= CaseIdLength || !Guid.TryParseExact(taskId[..CaseIdLength], "N", out var caseId)
            || !(await cases.BookmarksAsync(caseId, cancellationToken)).Any(wait => wait.Name == RunTask.StimulusName && wait.ActivityInstanceId == taskId))
            return false;
        work.Append(new StimulusRaised(Stimulus.For(RunTask.StimulusName, new TaskDone(taskId)) with { InputJson = resultJson, KeepForLaterWait = false }));
        await work.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Ends a running case. False where there is none.</summary>
    public async Task<bool> CancelAsync(Guid caseId, string actor, CancellationToken cancellationToken = default)
    {
        if (await cases.FindAsync(caseId, cancellationToken) is not { Status: CaseStatus.Running })
            return false;
        var now = clock.GetUtcNow();
        foreach (var incident in await cases.OpenIncidentsAsync(caseId, 100, cancellationToken))
            work.Append(new IncidentResolved(incident.Id, now, $"Case cancelled by {actor}."));
        work.Append(new WorkEnqueued(new WorkItem
        {
            Id = Guid.CreateVersion7(now),
            TenantId = work.TenantId,
            Kind = WorkKind.Cancel,
            Key = $"cancel:{caseId:N}",
            CaseId = caseId,
            EnqueuedAt = now,
        }));
        await work.CommitAsync(cancellationToken);
        return true;
    }
}

/// <summary>A case as its page shows it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Bookmarks">Where it waits.</param>
/// <param name="Journal">What it did, oldest first.</param>
/// <param name="Incidents">What wants a decision.</param>
public sealed record CaseDetails(CaseRecord Case, IReadOnlyList<Bookmark> Bookmarks, IReadOnlyList<JournalEntry> Journal, IReadOnlyList<Incident> Incidents);
