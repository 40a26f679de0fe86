using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Execution;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Where people look at cases and end them. Scoped to a tenant.</summary>
public sealed class CaseDesk(
    IServiceProvider tenant, ICaseStore cases, IScenarioStore scenarios, IEngineUnitOfWork work, CompiledScenarios compiled, TimeProvider clock, EngineLimits limits, IEnumerable<ICaseEndings> endings)
{
    private const int CaseIdLength = 32;
    private readonly StandingCases _standing = new(tenant, scenarios, compiled, work, clock, limits);

    /// <summary>Cases by filter, newest first.</summary>
    public ValueTask<IReadOnlyList<CaseRecord>> ListAsync(CaseQuery query, CancellationToken cancellationToken = default) => cases.QueryAsync(query, cancellationToken);

    /// <summary>A case; null where there is none.</summary>
    public ValueTask<CaseRecord?> FindAsync(Guid caseId, CancellationToken cancellationToken = default) => cases.FindAsync(caseId, cancellationToken);

    /// <summary>A case with its waits, its journal and its open incidents; null where there is none.</summary>
    public async ValueTask<CaseDetails?> DetailsAsync(Guid caseId, CancellationToken cancellationToken = default)
    {
        if (await cases.FindAsync(caseId, cancellationToken) is not { } found)
            return null;
        return new CaseDetails(
            found,
            await cases.BookmarksAsync(caseId, cancellationToken),
            await cases.JournalAsync(caseId, cancellationToken),
            await cases.OpenIncidentsAsync(caseId, 100, cancellationToken: cancellationToken));
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

    /// <summary>
    /// Starts a case of a scenario's published version, at its first trigger where it has one. The case's identity follows from
    /// the key: asking twice under one key starts one case. Null where the scenario has no published version.
    /// </summary>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="key">What starts the case, once; null for a case of its own each time.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="inputJson">What it receives, a JSON object; null for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Guid?> StartAsync(string definitionId, string? key, CaseSubject subject, string? inputJson, CancellationToken cancellationToken = default)
    {
        if (await scenarios.PublishedAsync(definitionId, cancellationToken) is not { } published)
            return null;
        var now = clock.GetUtcNow();
        var startKey = StimulusRouting.StartKey(definitionId, key is null ? null : $"asked-{key}");
        var caseId = StimulusRouting.CaseId(work.TenantId, startKey);
        if (await cases.FindAsync(caseId, cancellationToken) is not null)
            return caseId;
        work.Append(new WorkEnqueued(new WorkItem
        {
            Id = TimeOrderedId.At(now),
            TenantId = work.TenantId,
            Kind = WorkKind.Start,
            Key = $"start:{startKey}",
            CaseId = caseId,
            DefinitionVersionId = published.Id,
            StartKey = startKey,
            Subject = subject,
            InputJson = inputJson,
            EnqueuedAt = now,
        }));
        await work.CommitAsync(cancellationToken);
        return caseId;
    }

    /// <summary>Pauses a running case: nothing in it moves, and what comes is kept. False where it does not run or is paused already.</summary>
    public Task<bool> PauseAsync(Guid caseId, string actor, CancellationToken cancellationToken = default) => work.CommitDecidedAsync(async () =>
    {
        if (await cases.FindAsync(caseId, cancellationToken) is not { Status: CaseStatus.Running, SubStatus: not CaseSubStatus.Paused } found)
            return false;
        var now = clock.GetUtcNow();
        work.Append(new CaseChanged(found with { SubStatus = CaseSubStatus.Paused, Revision = found.Revision + 1, UpdatedAt = now }, found.Revision));
        work.Append(new JournalWritten(JournalEntry.Beside(found, now, "Paused", $"Paused by {actor}.")));
        return true;
    }, cancellationToken);

    /// <summary>Lets a paused case go on with all that came meanwhile. False where it is not paused.</summary>
    public async Task<bool> ContinueAsync(Guid caseId, CancellationToken cancellationToken = default)
    {
        if (await cases.FindAsync(caseId, cancellationToken) is not { Status: CaseStatus.Running, SubStatus: CaseSubStatus.Paused })
            return false;
        var now = clock.GetUtcNow();
        work.Append(new WorkEnqueued(new WorkItem { Id = TimeOrderedId.At(now), TenantId = work.TenantId, Kind = WorkKind.Continue, Key = $"continue:{caseId:N}", CaseId = caseId, EnqueuedAt = now }));
        await work.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// Ends a running case here and now, from outside of its scenario: also one that cannot be cancelled, because its version,
    /// its activities or its state cannot be read any more. What a worker does to it meanwhile is refused by the case's
    /// revision. The cases that it waits for are cancelled, where they can be told. False where there is none.
    /// </summary>
    public Task<bool> TerminateAsync(Guid caseId, string actor, CancellationToken cancellationToken = default) => work.CommitDecidedAsync(async () =>
    {
        if (await cases.FindAsync(caseId, cancellationToken) is not { Status: CaseStatus.Running } found)
            return false;
        var now = clock.GetUtcNow();
        work.Append(new IncidentsClosed(caseId, null, now, $"Case terminated by {actor}."));
        foreach (var wait in await cases.BookmarksAsync(caseId, cancellationToken))
            work.Append(new BookmarkBurned(caseId, wait.Id));
        foreach (var child in await _standing.OpenAsync(found, cancellationToken) is { } burst ? burst.CasesWaitedFor() : [])
            work.Append(new WorkEnqueued(WorkItem.ToCancel(work.TenantId, child, now)));
        work.Append(new CaseChanged(found.EndedAs(CaseSubStatus.Terminated, now), found.Revision));
        work.Append(new JournalWritten(JournalEntry.Beside(found, now, "Terminated", $"Terminated by {actor}.")));
        foreach (var each in endings)
            await each.CancelledAsync(found, cancellationToken);
        if (Burst.NewsForParent(found, CaseSubStatus.Terminated, () => new Dictionary<string, object?>()) is { } news)
            work.Append(new StimulusRaised(news));
        return true;
    }, cancellationToken);

    /// <summary>Ends a running case by a burst of its own: its steps are cancelled, after what runs has ended. False where there is none.</summary>
    public async Task<bool> CancelAsync(Guid caseId, string actor, CancellationToken cancellationToken = default)
    {
        if (await cases.FindAsync(caseId, cancellationToken) is not { Status: CaseStatus.Running })
            return false;
        var now = clock.GetUtcNow();
        work.Append(new IncidentsClosed(caseId, null, now, $"Case cancelled by {actor}."));
        work.Append(new WorkEnqueued(WorkItem.ToCancel(work.TenantId, caseId, now)));
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
