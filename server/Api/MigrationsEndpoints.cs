using CentralPay.Workflows.Designer.CaseMoves;
using CentralPay.Workflows.Engine.Migration;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Migrations: running cases go on with another version of their scenario. Looked at first, then done, with progress.</summary>
internal static class MigrationsEndpoints
{
    private const string Tag = "scenarios";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/scenarios/{id}/migrations", MigrateAsync)
            .Needs(Permissions.DrawScenarios).AddEndpointFilter(IdempotentPost.FilterAsync)
            .Produces<MigrationPreviewShown>().Produces<Page<VerdictShown>>().Produces<MigrationShown>(StatusCodes.Status202Accepted).WithTags(Tag);
        api.MapGet("/scenarios/{id}/migrations", async (string id, MigrationActions actions, CancellationToken cancellationToken) =>
            Results.Ok(new Page<MigrationListed>([.. (await actions.ListAsync(id, cancellationToken)).Select(one => new MigrationListed(one.Id, one.At))], null)))
            .Needs(Permissions.Read).Produces<Page<MigrationListed>>().WithTags(Tag);
        api.MapGet("/scenarios/{id}/migrations/{migrationId:guid}", async (string id, Guid migrationId, MigrationActions actions, CancellationToken cancellationToken) =>
            Doors.Shown(await actions.ProgressAsync(id, migrationId, cancellationToken), MigrationShown.Of))
            .Needs(Permissions.Read).Produces<MigrationShown>().WithTags(Tag);
    }

    private static async Task<IResult> MigrateAsync(
        string id, MigrationToRun wanted, bool? preview, bool? dryRun, string? cursor, int? limit, MigrationActions actions, CancellationToken cancellationToken)
    {
        if (wanted.From is not { } from)
        {
            return Problem.Invalid("from", "required");
        }

        var order = new MigrationOrder { DefinitionId = id, From = from, To = wanted.To, Steps = wanted.Steps ?? new Dictionary<string, string?>() };
        if (preview == true)
        {
            return Results.Ok(MigrationPreviewShown.Of(await actions.PreviewAsync(order, cancellationToken)));
        }

        if (dryRun == true)
        {
            var (before, size) = Paging.Read(cursor, limit);
            return Results.Ok(Paging.Of(await actions.TryAsync(order, before, size + 1, cancellationToken), size, row => row.CaseId, VerdictShown.Of));
        }

        var started = await actions.StartAsync(order, wanted.Reason, cancellationToken);
        var progress = await actions.ProgressAsync(id, started, cancellationToken);
        return Results.Accepted($"/api/v1/scenarios/{id}/migrations/{started}", MigrationShown.Of(progress!));
    }
}

/// <summary>An order: from which version to which (the published one where none is named), which step takes whose place (null lets cases stay), and why.</summary>
internal sealed record MigrationToRun(int? From, int? To, Dictionary<string, string?>? Steps, string? Reason);

/// <summary>What an order would do, by the steps that cases wait at.</summary>
internal sealed record MigrationPreviewShown(int From, int To, int Moves, int Stays, bool HasMore, IReadOnlyList<WaitingStepShown> Steps)
{
    public static MigrationPreviewShown Of(MigrationPreview row) => new(row.From, row.To, row.Moves, row.Stays, row.HasMore, [.. row.Steps.Select(WaitingStepShown.Of)]);
}

/// <summary>The cases that wait at one step of the old version, and the steps that may take its place.</summary>
internal sealed record WaitingStepShown(string? Step, string? Target, IReadOnlyList<string> Candidates, int Cases, int Moves, IReadOnlyList<ReasonShown> Reasons)
{
    public static WaitingStepShown Of(WaitingStepPreview row) => new(row.StepId, row.Target, row.Candidates, row.Cases, row.Moves, [.. row.Reasons.Select(ReasonShown.Of)]);
}

/// <summary>Why cases stay: the rule, and the step or variable it is about.</summary>
internal sealed record ReasonShown(HindranceKind Reason, string? About, int Cases)
{
    public static ReasonShown Of(MigrationReason row) => new(row.Why.Kind, row.Why.About, row.Cases);
}

/// <summary>What becomes, or became, of one case.</summary>
internal sealed record VerdictShown(Guid CaseId, string? Reference, string? WaitingStep, bool Moves, string? Target, HindranceKind? Reason, string? About)
{
    public static VerdictShown Of(CaseVerdict row) => new(row.CaseId, row.Reference, row.At, row.Moves, row.To, row.Stays?.Kind, row.Stays?.About);
}

/// <summary>A migration in the list of a scenario.</summary>
internal sealed record MigrationListed(Guid Id, DateTimeOffset At);

/// <summary>How far a migration is, and what came of it.</summary>
internal sealed record MigrationShown(
    Guid Id, string ScenarioId, int From, int? To, string By, string Reason, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int Total, int Moved, int Stayed,
    IReadOnlyList<ReasonShown> Reasons, IReadOnlyList<VerdictShown> Cases)
{
    public static MigrationShown Of(MigrationProgress row) => new(
        row.Id, row.Order.DefinitionId, row.Order.From, row.Order.To, row.By, row.Why, row.StartedAt, row.EndedAt, row.Total, row.Moved, row.Stayed,
        [.. row.Reasons.Select(ReasonShown.Of)], [.. row.Cases.Select(VerdictShown.Of)]);
}
