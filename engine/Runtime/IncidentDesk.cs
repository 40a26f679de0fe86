using System.Text.Json;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Where people decide incidents, one by one or all of a cause. Scoped to a tenant; a second decision changes nothing.</summary>
public sealed class IncidentDesk(IServiceProvider tenant, ICaseStore cases, IScenarioStore scenarios, IEngineUnitOfWork work, CompiledScenarios compiled, TimeProvider clock, EngineLimits limits)
{
    private const int DecidedInOneCommit = 100;
    private readonly StandingCases _standing = new(tenant, scenarios, compiled, work, clock, limits);

    /// <summary>Runs the failed step again. False where the incident is decided already, does not exist, or stopped no case.</summary>
    public Task<bool> RetryAsync(Guid incidentId, string actor, CancellationToken cancellationToken = default) =>
        DecideAsync(incidentId, new Decision(DecisionKind.Retry), actor, cancellationToken);

    /// <summary>Goes on after the failed step by an outcome; null where it has only one. False where the incident is decided already.</summary>
    public Task<bool> SkipAsync(Guid incidentId, string? outcome, string actor, CancellationToken cancellationToken = default) =>
        DecideAsync(incidentId, new Decision(DecisionKind.Skip) { Outcome = outcome }, actor, cancellationToken);

    /// <summary>Ends the case. False where the incident is decided already.</summary>
    public Task<bool> CancelAsync(Guid incidentId, string actor, CancellationToken cancellationToken = default) =>
        DecideAsync(incidentId, new Decision(DecisionKind.Cancel), actor, cancellationToken);

    /// <summary>Closes an incident that stopped no case: somebody has seen to it outside. False where it is decided already, or a case waits for another decision.</summary>
    public Task<bool> CloseAsync(Guid incidentId, string actor, CancellationToken cancellationToken = default) =>
        DecideAsync(incidentId, new Decision(DecisionKind.Close), actor, cancellationToken);

    /// <summary>Decides an incident. False where it does not exist, is decided already, or cannot be decided so.</summary>
    /// <exception cref="InputRefusedException">An input of the failed step cannot take the value given for it.</exception>
    /// <exception cref="OutcomeRefusedException">The step to be skipped has no such outcome, or several and none is named: by which a case goes on is never guessed.</exception>
    public async Task<bool> DecideAsync(Guid incidentId, Decision decision, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return await work.CommitDecidedAsync(async () =>
        {
            if (await cases.FindIncidentAsync(incidentId, cancellationToken) is not { } incident || !CanBe(incident, decision))
                return false;
            if (decision.Inputs.Count > 0)
                await CheckInputsAsync(incident, decision, cancellationToken);
            if (await RefusalAsync(incident, decision, cancellationToken) is { } refusal)
                throw refusal;
            Append([incident], decision, actor);
            return true;
        }, cancellationToken);
    }

    /// <summary>
    /// Decides all open incidents of a cause alike, oldest first, some in each commit; answers how many.
    /// Those that open while it runs are left, so that what fails again waits for a new decision. Takes
    /// <see cref="EngineLimits.MaxDecidedIncidents"/> at the most.
    /// </summary>
    /// <param name="cause">The cause.</param>
    /// <param name="decision">The decision; it gives no inputs.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="besides">Appends what is to be committed with so many of them.</param>
    /// <param name="onProgress">Hears how many of how many are decided.</param>
    /// <param name="cancellationToken">Stops it between two commits.</param>
    /// <exception cref="OutcomeRefusedException">None of the cases can go on by the outcome, or each could by several and none is named. Some that cannot are left.</exception>
    public async Task<int> DecideAllAsync(IncidentCause cause, Decision decision, string actor, Action<int>? besides = null, Action<int, int>? onProgress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cause);
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Inputs.Count > 0)
            throw new ArgumentException("Values for inputs are given for one incident, not for all of a cause.", nameof(decision));
        if (cause.StopsCases == (decision.Kind == DecisionKind.Close))
            return 0;
        var found = await OpenAsync(cause, cancellationToken);
        await AnyMustTakeAsync(found, decision, cancellationToken);
        var open = found.Select(incident => incident.Id).ToArray();
        var decided = 0;
        foreach (var chunk in open.Chunk(DecidedInOneCommit))
        {
            decided += await work.CommitDecidedAsync(() => AppendOpenAsync(chunk.ToHashSet()), cancellationToken);
            onProgress?.Invoke(decided, open.Length);
        }

        return decided;

        // Those that somebody decided meanwhile are left as they are.
        async Task<int> AppendOpenAsync(HashSet<Guid> chunk)
        {
            var still = new List<Incident>();
            foreach (var incident in (await OpenAsync(cause, cancellationToken)).Where(incident => chunk.Contains(incident.Id)))
            {
                if (await RefusalAsync(incident, decision, cancellationToken) is null)
                    still.Add(incident);
            }

            Append(still, decision, actor);
            if (still.Count > 0)
                besides?.Invoke(still.Count);
            return still.Count;
        }
    }

    /// <summary>The open incidents, newest first.</summary>
    public ValueTask<IReadOnlyList<Incident>> OpenAsync(int limit = 100, CancellationToken cancellationToken = default) => cases.OpenIncidentsAsync(null, limit, cancellationToken: cancellationToken);

    private ValueTask<IReadOnlyList<Incident>> OpenAsync(IncidentCause cause, CancellationToken cancellationToken) =>
        cases.OpenIncidentsOfCauseAsync(cause, limits.MaxDecidedIncidents, cancellationToken);

    private static bool CanBe(Incident incident, Decision decision) =>
        incident.ResolvedAt is null && incident.CaseId is null == (decision.Kind == DecisionKind.Close);

    private void Append(IReadOnlyList<Incident> incidents, Decision decision, string actor)
    {
        var now = clock.GetUtcNow();
        var resolution = ResolutionOf(decision, actor);
        foreach (var incident in incidents)
            work.Append(new IncidentResolved(incident.Id, now, resolution));
        if (decision.Kind == DecisionKind.Cancel)
        {
            // The cases end, and with them everything else that waits for a decision in them.
            incidents = [.. incidents.DistinctBy(incident => incident.CaseId)];
            foreach (var incident in incidents)
                work.Append(new IncidentsClosed(incident.CaseId!.Value, null, now, resolution));
        }

        foreach (var incident in incidents)
        {
            if (incident.CaseId is { } caseId)
                work.Append(new WorkEnqueued(ItemOf(incident, caseId, decision, now)));
        }
    }

    private WorkItem ItemOf(Incident incident, Guid caseId, Decision decision, DateTimeOffset now) => new()
    {
        Id = TimeOrderedId.At(now),
        TenantId = work.TenantId,
        Kind = KindOf(decision),
        Key = $"incident:{incident.Id:N}",
        CaseId = caseId,
        IncidentId = incident.Id,
        InputJson = InputOf(decision),
        EnqueuedAt = now,
    };

    private static WorkKind KindOf(Decision decision) => decision.Kind switch
    {
        DecisionKind.Retry => WorkKind.Retry,
        DecisionKind.Skip => WorkKind.Skip,
        _ => WorkKind.Cancel,
    };

    private static string ResolutionOf(Decision decision, string actor) => decision.Kind switch
    {
        DecisionKind.Retry when decision.Inputs.Count > 0 => $"Retried by {actor} with other values for {string.Join(", ", decision.Inputs.Keys)}.",
        DecisionKind.Retry => $"Retried by {actor}.",
        DecisionKind.Skip => $"Skipped by {actor}.",
        DecisionKind.Cancel => $"Case cancelled by {actor}.",
        _ => $"Dealt with by {actor}.",
    };

    private static string? InputOf(Decision decision) => decision switch
    {
        { Inputs.Count: > 0 } => JsonSerializer.Serialize(new { inputs = decision.Inputs }, EngineJson.Options),
        { Outcome: { } outcome } => JsonSerializer.Serialize(new { outcome }, EngineJson.Options),
        _ => null,
    };

    /// <summary>The step that is skipped with an incident, and the outcomes by which its case can go on; null where no step is, or the case cannot be read.</summary>
    public async ValueTask<(string NodeId, IReadOnlyList<string> Outcomes)?> SkippableAsync(Incident incident, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return incident.CaseId is { } caseId && await cases.FindAsync(caseId, cancellationToken) is { Status: CaseStatus.Running } found && await _standing.OpenAsync(found, cancellationToken) is { } burst
            ? burst.Skippable(incident.Id)
            : null;
    }

    private async ValueTask<OutcomeRefusedException?> RefusalAsync(Incident incident, Decision decision, CancellationToken cancellationToken)
    {
        if (decision.Kind != DecisionKind.Skip || await SkippableAsync(incident, cancellationToken) is not { } step)
            return null;
        var isRight = decision.Outcome is { } outcome ? step.Outcomes.Contains(outcome, StringComparer.Ordinal) : step.Outcomes.Count == 1;
        return isRight ? null : new OutcomeRefusedException(decision.Outcome, step.Outcomes);
    }

    /// <summary>Cases of a cause stand on several versions, with outcomes of their own: refused is what none of them can go on by.</summary>
    private async Task AnyMustTakeAsync(IReadOnlyList<Incident> incidents, Decision decision, CancellationToken cancellationToken)
    {
        var outcomes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var incident in incidents)
        {
            if (await RefusalAsync(incident, decision, cancellationToken) is not { } refusal)
                return;
            outcomes.UnionWith(refusal.Outcomes);
        }

        if (incidents.Count > 0)
            throw new OutcomeRefusedException(decision.Outcome, [.. outcomes]);
    }

    private async Task CheckInputsAsync(Incident incident, Decision decision, CancellationToken cancellationToken)
    {
        var @case = await cases.FindAsync(incident.CaseId!.Value, cancellationToken);
        var standing = @case is null ? null : await _standing.OpenAsync(@case, cancellationToken);
        var node = standing?.Failed(incident.Id);
        foreach (var (name, value) in decision.Inputs)
        {
            if (node?.Blueprint.Descriptor.Inputs.FirstOrDefault(input => input.Name == name) is not { IsWrapped: true, IsReadOnly: false } input)
                throw new InputRefusedException(InputRefusal.Unknown, name, "");
            if ((input.Required || DeclaredTypes.MustBeSomething(input.ValueType)) && value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
                throw new InputRefusedException(InputRefusal.Required, name, input.TypeName);
            try
            {
                if (ValueConversion.To(value, input.ValueType) is null && DeclaredTypes.MustBeSomething(input.ValueType))
                    throw new InputRefusedException(InputRefusal.Required, name, input.TypeName);
            }
            catch (FormatException)
            {
                throw new InputRefusedException(InputRefusal.WrongType, name, input.TypeName);
            }
        }
    }
}
