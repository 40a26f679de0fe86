using System.Text.Json;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Where people decide incidents. Scoped to a tenant; each decision is one commit, and a second one changes nothing.</summary>
public sealed class IncidentDesk(ICaseStore cases, IEngineUnitOfWork work, TimeProvider clock)
{
    /// <summary>Runs the failed step again. False where the incident is decided already, does not exist, or stopped no case.</summary>
    public Task<bool> RetryAsync(Guid incidentId, string actor, CancellationToken cancellationToken = default) =>
        DecideAsync(incidentId, WorkKind.Retry, $"Retried by {actor}.", null, cancellationToken);

    /// <summary>Goes on after the failed step by an outcome, the step's first where null. False where the incident is decided already.</summary>
    public Task<bool> SkipAsync(Guid incidentId, string? outcome, string actor, CancellationToken cancellationToken = default) =>
        DecideAsync(incidentId, WorkKind.Skip, $"Skipped by {actor}.", outcome is null ? null : JsonSerializer.Serialize(new Dictionary<string, string> { ["outcome"] = outcome }), cancellationToken);

    /// <summary>Ends the case. False where the incident is decided already.</summary>
    public Task<bool> CancelAsync(Guid incidentId, string actor, CancellationToken cancellationToken = default) =>
        DecideAsync(incidentId, WorkKind.Cancel, $"Case cancelled by {actor}.", null, cancellationToken);

    /// <summary>Closes an incident that stopped no case: somebody has seen to it outside. False where it is decided already, or a case waits for another decision.</summary>
    public async Task<bool> CloseAsync(Guid incidentId, string actor, CancellationToken cancellationToken = default)
    {
        if (await cases.FindIncidentAsync(incidentId, cancellationToken) is not { ResolvedAt: null, CaseId: null })
            return false;
        work.Append(new IncidentResolved(incidentId, clock.GetUtcNow(), $"Dealt with by {actor}."));
        await work.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The open incidents, newest first.</summary>
    public ValueTask<IReadOnlyList<Incident>> OpenAsync(int limit = 100, CancellationToken cancellationToken = default) => cases.OpenIncidentsAsync(null, limit, cancellationToken);

    private async Task<bool> DecideAsync(Guid incidentId, WorkKind kind, string resolution, string? inputJson, CancellationToken cancellationToken)
    {
        if (await cases.FindIncidentAsync(incidentId, cancellationToken) is not { ResolvedAt: null, CaseId: { } caseId })
            return false;
        var now = clock.GetUtcNow();
        work.Append(new IncidentResolved(incidentId, now, resolution));
        work.Append(new WorkEnqueued(new WorkItem
        {
            Id = Guid.CreateVersion7(now),
            TenantId = work.TenantId,
            Kind = kind,
            Key = $"incident:{incidentId:N}",
            CaseId = caseId,
            IncidentId = incidentId,
            InputJson = inputJson,
            EnqueuedAt = now,
        }));
        await work.CommitAsync(cancellationToken);
        return true;
    }
}
