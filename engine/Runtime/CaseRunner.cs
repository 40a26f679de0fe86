using System.Text;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Runs one work item of one tenant as one burst, and commits it. Scoped to a tenant.</summary>
public sealed partial class CaseRunner
{
    private readonly IEngineUnitOfWork _work;
    private readonly ICaseStore _cases;
    private readonly IScenarioStore _scenarios;
    private readonly CompiledScenarios _compiled;
    private readonly BurstServices _services;

    /// <summary>A runner over a tenant's services.</summary>
    public CaseRunner(IServiceProvider tenant, CompiledScenarios compiled, TimeProvider clock, EngineLimits limits)
    {
        _work = tenant.GetRequiredService<IEngineUnitOfWork>();
        _cases = tenant.GetRequiredService<ICaseStore>();
        _scenarios = tenant.GetRequiredService<IScenarioStore>();
        _compiled = compiled;
        _services = new BurstServices(tenant, clock, limits, [.. tenant.GetServices<IExpressionRoots>()], tenant.GetService<IFaultClassifier>());
    }

    /// <summary>
    /// Runs the item and commits everything it changes together with its completion. Throws what the commit throws; then
    /// nothing is changed.
    /// </summary>
    public async Task RunAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Kind == WorkKind.Migrate)
        {
            await MigrateAsync(item, cancellationToken);
            return;
        }

        if (item.Kind == WorkKind.Spread)
        {
            foreach (var each in StimulusPortions.Read(item))
                _work.Append(new WorkEnqueued(each));
            await CompleteAsync(item, cancellationToken);
            return;
        }

        var mark = _work.Position;
        try
        {
            await RunBurstAsync(item, cancellationToken);
        }
        catch (BurstBudgetException exception) when (!exception.MayPass || item.Attempts >= _services.Limits.MaxAttempts)
        {
            _work.CutBack(mark);
            await HaltAsync(item, new FaultMeaning(IncidentKind.Configuration, FaultCauses.BurstBudget, exception.Message), exception.NodeId, cancellationToken);
        }
        catch (ScenarioFaultException exception)
        {
            _work.CutBack(mark);
            await HaltAsync(item, new FaultMeaning(exception.Kind, exception.Cause, exception.Message), item.NodeId, cancellationToken);
        }

        await CompleteAsync(item, cancellationToken);
    }

    /// <summary>Makes an item that failed again and again an incident, and takes it off the queue.</summary>
    public async Task GiveUpAsync(WorkItem item, Exception exception, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Kind == WorkKind.Migrate)
        {
            await GiveMigrationUpAsync(item, exception, cancellationToken);
            return;
        }

        await HaltAsync(item, FaultTranslation.MeaningOf(exception, _services.FaultClassifier), item.NodeId, cancellationToken, StoreFailure.StepOf(exception));
        await CompleteAsync(item, cancellationToken);
    }

    /// <summary>Takes an item off the queue that has nothing left to do.</summary>
    public async Task CompleteAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        _work.Append(new WorkCompleted(item.Id, item.LeaseToken));
        await _work.CommitAsync(cancellationToken);
    }

    private async Task RunBurstAsync(WorkItem item, CancellationToken cancellationToken)
    {
        // Whether a case with the start key is there already is told by the commit (DuplicateStartException).
        var @case = item.Kind == WorkKind.Start ? NewCase(item, await VersionAsync(item, cancellationToken)) : item.Case ?? await _cases.FindAsync(item.CaseId, cancellationToken);
        if (@case is null && item.Kind == WorkKind.Cancel)
            throw new NotBegunException($"The case {item.CaseId} has not begun.");
        if (@case is null || @case.Status == CaseStatus.Finished)
            return;
        var scenario = await _compiled.FindAsync(_scenarios, item.TenantId, @case.DefinitionVersionId, cancellationToken)
            ?? throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.VersionIsGone, $"The scenario version {@case.DefinitionVersionId} does not exist.");

        var burst = new Burst(scenario, @case, _work, _services, cancellationToken);
        if (!await MoveAsync(burst, item))
            return;
        if (burst.Ended == CaseSubStatus.Cancelled)
        {
            foreach (var endings in _services.Provider.GetServices<ICaseEndings>())
                await endings.CancelledAsync(@case, cancellationToken);
        }

        MustKeepLittle(Write(burst, @case, CauseOf(item, burst)));
    }

    private void MustKeepLittle(CaseRecord after)
    {
        if (after.State.Length > _services.Limits.MaxStateBytes)
            throw new BurstBudgetException(after.WaitingNodeId, $"The case would keep {after.State.Length / 1024} kB while it waits; {_services.Limits.MaxStateBytes / 1024} kB is the most.") { KeepsTooMuch = true };
    }

    private static async ValueTask<bool> MoveAsync(Burst burst, WorkItem item)
    {
        if (burst.IsPaused && item.Kind is (WorkKind.Resume or WorkKind.Retry or WorkKind.Skip) && !burst.StoppedAPerson(item.IncidentId))
            return burst.Hold(item);
        switch (item.Kind)
        {
            case WorkKind.Start:
                burst.State.StartInput = StartInputOf(item);
                await burst.StartAsync(item.NodeId is null ? null : burst.Scenario.Find(item.NodeId));
                return true;
            case WorkKind.Resume:
                return item.BookmarkId is { } bookmarkId && await burst.ResumeAsync(bookmarkId, item.InputJson, item.Lane == WorkLane.Timer);
            case WorkKind.Retry:
                return item.IncidentId is { } retried && await burst.RetryAsync(retried, item.InputJson);
            case WorkKind.Skip:
                return item.IncidentId is { } skipped && await burst.SkipAsync(skipped, item.InputJson);
            case WorkKind.Continue:
                return await burst.ContinueAsync();
            default:
                burst.End(CaseSubStatus.Cancelled);
                return true;
        }
    }

    private CaseRecord NewCase(WorkItem item, CompiledScenario version) => NewCase(item, version.DefinitionId, version.VersionId, version.Version);

    private CaseRecord NewCase(WorkItem item, string definitionId, string versionId, int version)
    {
        var now = _services.Clock.GetUtcNow();
        return new CaseRecord
        {
            Id = item.CaseId,
            TenantId = item.TenantId,
            DefinitionId = definitionId,
            DefinitionVersionId = versionId,
            Version = version,
            StartKey = item.StartKey ?? item.CaseId.ToString("N"),
            CorrelationId = item.Subject?.CorrelationId,
            Reference = item.Subject?.Reference,
            CustomerKey = item.Subject?.CustomerKey,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private async ValueTask<CompiledScenario> VersionAsync(WorkItem item, CancellationToken cancellationToken) =>
        (item.DefinitionVersionId is { } versionId ? await _compiled.FindAsync(_scenarios, item.TenantId, versionId, cancellationToken) : null)
        ?? throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.VersionIsGone, $"The scenario version {item.DefinitionVersionId} that a case was to run on does not exist.");

    private CaseRecord Write(Burst burst, CaseRecord before, string cause, IReadOnlyList<StepRecord>? first = null)
    {
        burst.TellParent();
        var after = CaseSnapshot.After(burst, before);
        _work.Append(new CaseChanged(after, before.Revision));
        _work.Append(new JournalWritten(new JournalEntry
        {
            Id = TimeOrderedId.At(burst.Now),
            TenantId = after.TenantId,
            CaseId = after.Id,
            Revision = after.Revision,
            At = burst.Now,
            Cause = cause,
            Steps = first is null ? burst.Journal.Steps : [.. first, .. burst.Journal.Steps],
        }));
        return after;
    }

    /// <summary>
    /// Drops what the burst did, keeps its cause with the case, and opens an incident that decides it. Where the case has
    /// ended, or was started by an earlier try, nothing is left to decide. A case that cannot begin is there all the same,
    /// and begins by the retry. What failed in a step stands there only where no wait is to be decided instead.
    /// </summary>
    private async Task HaltAsync(WorkItem item, FaultMeaning meaning, string? nodeId, CancellationToken cancellationToken, string? failedIn = null)
    {
        var @case = await _cases.FindAsync(item.CaseId, cancellationToken);
        if (item.Kind == WorkKind.Start ? @case is not null : @case is not { Status: CaseStatus.Running })
            return;
        if (item.Kind == WorkKind.Start && item.DefinitionVersionId is { } versionId && await _scenarios.FindVersionAsync(versionId, cancellationToken) is { } version)
            @case = NewCase(item, version.DefinitionId, version.Id, version.Version);

        var now = _services.Clock.GetUtcNow();
        var incident = new Incident
        {
            Id = TimeOrderedId.At(now),
            TenantId = item.TenantId,
            CaseId = @case?.Id,
            DefinitionId = @case?.DefinitionId,
            NodeId = nodeId,
            Kind = meaning.Kind,
            Cause = meaning.Cause,
            Message = meaning.Message,
            At = now,
        };
        if (@case is not null)
        {
            var scenario = await ReadableAsync(item.TenantId, @case.DefinitionVersionId, cancellationToken);
            incident = Open(scenario, @case, cancellationToken) is { } burst ? Halt(item, incident, @case, burst) : StandStill(item, incident, @case);
        }

        _work.Append(new IncidentRaised(incident with { NodeId = (item.Kind == WorkKind.Start ? failedIn : null) ?? incident.NodeId ?? failedIn }));
    }

    private async ValueTask<CompiledScenario?> ReadableAsync(Guid tenantId, string versionId, CancellationToken cancellationToken)
    {
        try
        {
            return await _compiled.FindAsync(_scenarios, tenantId, versionId, cancellationToken);
        }
        catch (ScenarioFaultException)
        {
            return null;
        }
    }

    private Burst? Open(CompiledScenario? scenario, CaseRecord @case, CancellationToken cancellationToken)
    {
        try
        {
            return scenario is null ? null : new Burst(scenario, @case, _work, _services, cancellationToken);
        }
        catch (ScenarioFaultException)
        {
            return null;
        }
    }

    /// <summary>Keeps the work in the state, for the incident to decide; answers the incident, at the step that waited.</summary>
    private Incident Halt(WorkItem item, Incident incident, CaseRecord @case, Burst burst)
    {
        if (item.Kind == WorkKind.Start)
            burst.State.StartInput = StartInputOf(item);
        if (item.Kind == WorkKind.Continue)
            burst.ForgetFailedContinue("It failed again.");
        if (item.IncidentId is { } decided)
            burst.Rename(decided, incident.Id);
        burst.State.Halted.Add(HaltedBy(item, incident));
        Write(burst, @case, CauseOf(item, burst));
        return incident with { NodeId = incident.NodeId ?? burst.Skippable(incident.Id)?.NodeId };
    }

    /// <summary>What the case keeps does not fit its scenario, or that cannot be read: it stays as it is, with the work that came, and stands still until somebody decides.</summary>
    private Incident StandStill(WorkItem item, Incident incident, CaseRecord @case)
    {
        var state = item switch
        {
            { Kind: WorkKind.Start } => StateJson.Write(new CaseState { StartInput = StartInputOf(item) }),
            { IncidentId: { } decided } => StateJson.Renamed(@case.State, decided, incident.Id),
            _ => @case.State,
        };
        _work.Append(new CaseChanged(
            @case with { State = StateJson.WithHalted(state, HaltedBy(item, incident)) ?? state, SubStatus = @case.SubStatus == CaseSubStatus.Paused ? CaseSubStatus.Paused : CaseSubStatus.Faulted, Revision = @case.Revision + 1, UpdatedAt = incident.At },
            @case.Revision));
        _work.Append(new JournalWritten(JournalEntry.Beside(@case, incident.At, item.Kind.ToString(), incident.Message)));
        return incident;
    }

    private static ReadOnlyMemory<byte> StartInputOf(WorkItem item) => item.InputJson is null ? default : Encoding.UTF8.GetBytes(item.InputJson);

    private static HaltedWork HaltedBy(WorkItem item, Incident incident) =>
        new(incident.Id, item.Kind, item.NodeId, item.BookmarkId, item.InputJson, item.Lane == WorkLane.Timer);

    private static string CauseOf(WorkItem item, Burst burst) => item.Kind switch
    {
        WorkKind.Resume when item.Lane == WorkLane.Timer => "Timer",
        WorkKind.Resume => burst.ResumedBy ?? "Resume",
        _ => item.Kind.ToString(),
    };
}
