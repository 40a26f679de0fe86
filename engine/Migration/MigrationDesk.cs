using System.Text.Json;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Engine.Migration;

/// <summary>
/// Where running cases are let go on with another version of their scenario: first seen, then done, case by case, in the
/// background. Scoped to a tenant.
/// </summary>
public sealed class MigrationDesk(IServiceProvider tenant, ICaseStore cases, IScenarioStore scenarios, IEngineUnitOfWork work, CompiledScenarios compiled, TimeProvider clock, EngineLimits limits)
{
    private const int PageSize = 500;

    private readonly BurstServices _services = new(tenant, clock, limits, [], null);

    /// <summary>How many cases run on each version of a scenario.</summary>
    public ValueTask<IReadOnlyDictionary<int, int>> RunningAsync(string definitionId, CancellationToken cancellationToken = default) =>
        cases.RunningByVersionAsync(definitionId, cancellationToken);

    /// <summary>What an order would do, by the steps that cases wait at. Writes nothing.</summary>
    /// <exception cref="ScenarioNotFoundException">There is no such scenario or version.</exception>
    /// <exception cref="MigrationOrderException">The order cannot be meant.</exception>
    public async Task<MigrationPreview> PreviewAsync(MigrationOrder order, CancellationToken cancellationToken = default)
    {
        var (map, _) = await ReadAsync(order, cancellationToken);
        var verdicts = new List<CaseVerdict>();
        Guid? before = null;
        while (verdicts.Count < limits.MaxMigratedCases && await PageAsync(order, before, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var one in page)
                verdicts.Add((await CaseTransfer.OfAsync(one, map, work, _services, cases, cancellationToken)).Verdict);
            before = page[^1].Id;
        }

        var taken = verdicts.Take(limits.MaxMigratedCases).ToArray();
        return new MigrationPreview(
            map.From.Version,
            map.To.Version,
            [.. taken.GroupBy(verdict => verdict.At).Select(StepOf).OrderByDescending(step => step.Cases).ThenBy(step => step.StepId, StringComparer.Ordinal)],
            (await RunningAsync(order.DefinitionId, cancellationToken)).GetValueOrDefault(order.From) > taken.Length);

        WaitingStepPreview StepOf(IGrouping<string?, CaseVerdict> waiting) => new(
            waiting.Key, waiting.Key is null ? null : map.TargetOf(waiting.Key), waiting.Key is null ? [] : map.CandidatesFor(waiting.Key), waiting.Count(), waiting.Count(verdict => verdict.Moves), MigrationReason.Of(waiting));
    }

    /// <summary>What an order would do to each case, newest first. Writes nothing.</summary>
    /// <param name="order">The order.</param>
    /// <param name="before">Only cases older than this one (the last of the page before).</param>
    /// <param name="limit">At most this many, 1 to 500.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ScenarioNotFoundException">There is no such scenario or version.</exception>
    /// <exception cref="MigrationOrderException">The order cannot be meant.</exception>
    public async Task<IReadOnlyList<CaseVerdict>> TryAsync(MigrationOrder order, Guid? before, int limit, CancellationToken cancellationToken = default)
    {
        var (map, _) = await ReadAsync(order, cancellationToken);
        var verdicts = new List<CaseVerdict>();
        foreach (var one in await PageAsync(order, before, limit, cancellationToken))
            verdicts.Add((await CaseTransfer.OfAsync(one, map, work, _services, cases, cancellationToken)).Verdict);
        return verdicts;
    }

    /// <summary>
    /// Lets the cases go, each in its turn and in a commit of its own: one that moves meanwhile is looked at again. Takes
    /// <see cref="EngineLimits.MaxMigratedCases"/> at the most, newest first.
    /// </summary>
    /// <param name="migrationId">The identity under which its progress can be asked for.</param>
    /// <param name="order">The order.</param>
    /// <param name="actor">The name of who gives it.</param>
    /// <param name="why">Why.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ScenarioNotFoundException">There is no such scenario or version.</exception>
    /// <exception cref="MigrationOrderException">The order cannot be meant.</exception>
    public async Task StartAsync(Guid migrationId, MigrationOrder order, string actor, string why, CancellationToken cancellationToken = default)
    {
        var (map, meant) = await ReadAsync(order, cancellationToken);
        var now = clock.GetUtcNow();
        var task = new MigrationTask(migrationId, meant, actor, why);
        var input = JsonSerializer.Serialize(migrationId);
        var items = new List<WorkItem>();
        Guid? before = null;
        while (items.Count < limits.MaxMigratedCases && await cases.QueryIdsAsync(Running(order, before, PageSize), cancellationToken) is { Count: > 0 } page)
        {
            items.AddRange(page.Take(limits.MaxMigratedCases - items.Count).Select(caseId => ItemOf(caseId, migrationId, map.To.VersionId, input, now)));
            before = page[^1];
        }

        work.Append(new JournalWritten(MigrationBook.Open(work.TenantId, task, items.Count, now)));
        foreach (var item in items)
            work.Append(new WorkEnqueued(item));
        await work.CommitAsync(cancellationToken);
    }

    /// <summary>How far a migration is; null where there is none.</summary>
    public async ValueTask<MigrationProgress?> ProgressAsync(Guid migrationId, CancellationToken cancellationToken = default) =>
        MigrationBook.Read(await cases.JournalAsync(migrationId, cancellationToken));

    /// <summary>How many of its cases are done: for whoever looks again and again. The store counts, and no entry is read.</summary>
    public async ValueTask<MigrationCount> CountAsync(Guid migrationId, CancellationToken cancellationToken = default) =>
        MigrationBook.Count(await cases.JournalCausesAsync(migrationId, cancellationToken));

    private WorkItem ItemOf(Guid caseId, Guid migrationId, string versionId, string input, DateTimeOffset now) => new()
    {
        Id = TimeOrderedId.At(now),
        TenantId = work.TenantId,
        Kind = WorkKind.Migrate,
        Key = $"migrate:{migrationId:N}:{caseId:N}",
        CaseId = caseId,
        DefinitionVersionId = versionId,
        InputJson = input,
        Lane = WorkLane.Bulk,
        EnqueuedAt = now,
    };

    private ValueTask<IReadOnlyList<CaseRecord>> PageAsync(MigrationOrder order, Guid? before, int limit, CancellationToken cancellationToken) =>
        cases.QueryAsync(Running(order, before, limit), cancellationToken);

    private static CaseQuery Running(MigrationOrder order, Guid? before, int limit) =>
        new() { DefinitionId = order.DefinitionId, Version = order.From, Status = CaseStatus.Running, ExceptClocks = true, Before = before, Limit = limit };

    private async Task<(VersionMap Map, MigrationOrder Meant)> ReadAsync(MigrationOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var versions = await scenarios.VersionsAsync(order.DefinitionId, cancellationToken);
        var from = await CompileAsync(versions.FirstOrDefault(version => version.Version == order.From), order, cancellationToken);
        var to = await CompileAsync(versions.FirstOrDefault(version => order.To is { } wanted ? version.Version == wanted : version.IsPublished), order, cancellationToken);
        MigrationOrderException.Check(order, from, to);
        return (new VersionMap(from, to, order.Steps), order with { To = to.Version });
    }

    private async Task<CompiledScenario> CompileAsync(ScenarioVersion? version, MigrationOrder order, CancellationToken cancellationToken)
    {
        if (version is null)
            throw new ScenarioNotFoundException($"The scenario {order.DefinitionId} has no such version.");
        if (version.PublishedAt is null)
            throw new MigrationOrderException(MigrationOrderProblem.NeverPublished, "to", $"Version {version.Version} was never published.");
        return (await compiled.FindAsync(scenarios, work.TenantId, version.Id, cancellationToken))!;
    }
}
