using System.Text.Json;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Migration;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>How one case of a migration goes on with another version of its scenario, or stays: one commit, with what came of it.</summary>
public sealed partial class CaseRunner
{
    private async Task MigrateAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var task = await TaskAsync(item, cancellationToken);
        var mark = _work.Position;
        CaseVerdict verdict;
        try
        {
            verdict = await MoveOverAsync(item, task, cancellationToken);
        }
        catch (BurstBudgetException exception) when (exception.KeepsTooMuch)
        {
            _work.CutBack(mark);
            verdict = NotMoved(item, HindranceKind.StateTooLarge, $"{_services.Limits.MaxStateBytes / 1024} kB");
        }
        catch (Exception exception) when (exception is BurstBudgetException or ScenarioFaultException)
        {
            _work.CutBack(mark);
            verdict = NotMoved(item, HindranceKind.Failed, exception.Message);
        }

        Note(item, task, verdict);
        await CompleteAsync(item, cancellationToken);
    }

    private async Task GiveMigrationUpAsync(WorkItem item, Exception exception, CancellationToken cancellationToken)
    {
        // Where the order itself cannot be read there is nowhere to note it: the case stays as it was.
        if (await FindTaskAsync(item, cancellationToken) is { } task)
            Note(item, task, NotMoved(item, HindranceKind.Failed, exception.Message));
        await CompleteAsync(item, cancellationToken);
    }

    private async Task<CaseVerdict> MoveOverAsync(WorkItem item, MigrationTask task, CancellationToken cancellationToken)
    {
        if (await _cases.FindAsync(item.CaseId, cancellationToken) is not { } @case)
            return NotMoved(item, HindranceKind.HasEnded, null);
        if (@case.Status != CaseStatus.Running)
            return NotMoved(item, HindranceKind.HasEnded, null) with { Reference = @case.Reference };
        if (@case.Version != task.Order.From)
            return CaseTransfer.Staying(@case, new Hindrance(HindranceKind.RunsOnAnotherVersion, null)).Verdict;
        var from = await _compiled.FindAsync(_scenarios, item.TenantId, @case.DefinitionVersionId, cancellationToken)
            ?? throw new ScenarioFaultException(IncidentKind.Configuration, FaultCauses.VersionIsGone, $"The scenario version {@case.DefinitionVersionId} does not exist.");
        var map = new VersionMap(from, await VersionAsync(item, cancellationToken), task.Order.Steps);
        var moving = await CaseTransfer.OfAsync(@case, map, _work, _services, _cases, cancellationToken);
        if (moving is { Transfer: { } transfer, Before: { } before, After: { } after })
            await MoveOverAsync(task, @case, transfer, before, after, cancellationToken);
        return moving.Verdict;
    }

    private async Task MoveOverAsync(MigrationTask task, CaseRecord @case, StateTransfer transfer, Burst before, Burst after, CancellationToken cancellationToken)
    {
        await MoveWaitsAsync(@case.Id, transfer, before, cancellationToken);
        await after.GoOnAsync(transfer.Begun);
        var renamed = StepThatRan.RenamedBy(task.Order);
        MustKeepLittle(Write(after, @case, "Migration", [.. transfer.Moves.Select(move => new StepRecord
        {
            NodeId = move.To,
            ActivityType = after.Scenario.Find(move.To)!.Activity.Type,
            ActivityInstanceId = $"{@case.Id:N}-{move.Number}",
            What = "Moved",
            Values = new Dictionary<string, string?>(renamed)
            {
                ["from"] = JsonSerializer.Serialize(move.From, EngineJson.Options),
                ["fromVersion"] = JsonSerializer.Serialize(@case.Version),
                ["toVersion"] = JsonSerializer.Serialize(after.Scenario.Version),
            },
            Message = $"Moved from version {@case.Version} to version {after.Scenario.Version} by {task.By}: {task.Why}",
        })]));
    }

    /// <summary>The rows of waits name their step: where it is called otherwise now, they are written again, as they were; where another one begins in its place, they end.</summary>
    private async Task MoveWaitsAsync(Guid caseId, StateTransfer transfer, Burst before, CancellationToken cancellationToken)
    {
        if (transfer.Moves.All(move => move.From == move.To && !move.BeginsAnew))
            return;
        var rows = (await _cases.BookmarksAsync(caseId, cancellationToken)).ToDictionary(row => row.Id);
        var places = transfer.Moves.ToDictionary(move => move.Number, move => move.To);
        foreach (var open in before.State.Bookmarks)
        {
            if (!rows.TryGetValue(open.Id, out var row) || !places.TryGetValue(open.StepNumber, out var place) || (!transfer.Ends(open) && row.NodeId == place))
                continue;
            _work.Append(new BookmarkBurned(caseId, open.Id));
            if (!transfer.Ends(open))
                _work.Append(new BookmarkCreated(row with { NodeId = place }));
        }
    }

    private void Note(WorkItem item, MigrationTask task, CaseVerdict verdict) =>
        _work.Append(new JournalWritten(MigrationBook.Of(item.TenantId, task.MigrationId, verdict, _services.Clock.GetUtcNow())));

    private static CaseVerdict NotMoved(WorkItem item, HindranceKind why, string? about) => new(item.CaseId, null, null, null, new Hindrance(why, about));

    private async ValueTask<MigrationTask> TaskAsync(WorkItem item, CancellationToken cancellationToken) =>
        await FindTaskAsync(item, cancellationToken)
        ?? throw new ScenarioFaultException(IncidentKind.Bug, FaultCauses.MigrationWithoutOrder, "A migration without an order cannot be carried out.");

    // The order stands once, in the migration's own journal; the work of each case names it.
    private async ValueTask<MigrationTask?> FindTaskAsync(WorkItem item, CancellationToken cancellationToken) =>
        Guid.TryParse(item.InputJson?.Trim('"'), out var migrationId) && await _cases.FirstEntryAsync(migrationId, cancellationToken) is { } opened ? MigrationBook.TaskOf(opened) : null;
}
