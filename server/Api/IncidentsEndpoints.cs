using System.Buffers.Text;
using System.Text.Json;
using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Incidents: what stopped and wants a decision, one by one and by cause.</summary>
internal static class IncidentsEndpoints
{
    private const string Tag = "incidents";
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/incidents", async (Guid? caseId, string? cursor, int? limit, ICaseStore cases, CancellationToken cancellationToken) =>
        {
            var (after, size) = Paging.Read(cursor, limit);
            return Results.Ok(Paging.Of(await cases.OpenIncidentsAsync(caseId, size + 1, after, cancellationToken), size, incident => incident.Id, IncidentShown.Of));
        })
            .Needs(Permissions.Read).Produces<Page<IncidentShown>>().WithTags(Tag);
        api.MapGet("/incidents/causes", async (string? cursor, int? limit, IIncidentFigures figures, CancellationToken cancellationToken) =>
        {
            var (_, size) = Paging.Read(null, limit);
            var causes = await figures.CausesAsync(CauseCursor.Read(cursor), size + 1, cancellationToken);
            return Results.Ok(new Page<CauseShown>([.. causes.Take(size).Select(CauseShown.Of)], causes.Count > size ? CauseCursor.Of(causes[size - 1].Place) : null));
        })
            .Needs(Permissions.Read).Produces<Page<CauseShown>>().WithTags(Tag);
        api.MapPost("/incidents/causes/decide", DecideCauseAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<CauseDecided>().WithTags(Tag);
        api.MapPost("/incidents/{id:guid}/retry-with", (Guid id, RetryToRun retry, ICaseStore cases, CaseActions actions, CancellationToken cancellationToken) =>
            DecideAsync(id, new Decision(DecisionKind.Retry) { Inputs = retry.Inputs is { Count: > 0 } inputs ? inputs : throw RuleViolationException.Of("inputs", RuleCodes.Required) }, cases, actions, cancellationToken))
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces(StatusCodes.Status202Accepted).WithTags(Tag);
        Decide("retry", _ => new Decision(DecisionKind.Retry));
        Decide("skip", outcome => new Decision(DecisionKind.Skip) { Outcome = outcome });
        Decide("cancel", _ => new Decision(DecisionKind.Cancel));
        Decide("close", _ => new Decision(DecisionKind.Close));

        void Decide(string word, Func<string?, Decision> decision) =>
            api.MapPost($"/incidents/{{id:guid}}/{word}", (Guid id, string? outcome, ICaseStore cases, CaseActions actions, CancellationToken cancellationToken) =>
                DecideAsync(id, decision(outcome), cases, actions, cancellationToken))
                .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces(StatusCodes.Status202Accepted).WithTags(Tag);
    }

    private static async Task<IResult> DecideAsync(Guid id, Decision decision, ICaseStore cases, CaseActions actions, CancellationToken cancellationToken)
    {
        if (await cases.FindIncidentAsync(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        await actions.DecideAsync(id, decision, cancellationToken);
        return Results.Accepted();
    }

    // Who hangs up meanwhile finds the whole answer under their key: what was begun is decided to its end.
    private static async Task<IResult> DecideCauseAsync(CauseToDecide wanted, CaseActions actions)
    {
        if (string.IsNullOrEmpty(wanted.Cause))
        {
            return Problem.Invalid("cause", "required");
        }

        if (Paging.Word<IncidentKind>(wanted.Kind, "kind") is not { } kind)
        {
            return Problem.Invalid("kind", "required");
        }

        if (Paging.Word<DecisionKind>(wanted.Decision, "decision") is not { } decision)
        {
            return Problem.Invalid("decision", "required");
        }

        if (string.IsNullOrEmpty(wanted.ScenarioId) && decision != DecisionKind.Close)
        {
            return Problem.Invalid("scenarioId", "required");
        }

        var cause = new IncidentCause(wanted.Cause, kind, wanted.ScenarioId, wanted.Step, StopsCases: decision != DecisionKind.Close);
        return Results.Ok(new CauseDecided(await actions.DecideAllAsync(cause, new Decision(decision) { Outcome = wanted.Outcome })));
    }
}

/// <summary>The place of a cause in its list, as a cursor.</summary>
internal static class CauseCursor
{
    private const int LongestCursor = 4000;

    public static string Of(CausePlace place) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(place));

    public static CausePlace? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        try
        {
            return cursor.Length <= LongestCursor && JsonSerializer.Deserialize<CausePlace>(Base64Url.DecodeFromChars(cursor)) is { Name: not null } place ? place : throw Invalid();
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            throw Invalid();
        }
    }

    private static RuleViolationException Invalid() => RuleViolationException.Of("cursor", "cursor-invalid");
}

/// <summary>Values that inputs of the failed step take instead of theirs, by name.</summary>
internal sealed record RetryToRun(Dictionary<string, JsonElement>? Inputs);

/// <summary>
/// A decision for all open incidents of a cause, named as the list of causes names it (a step or scenario that it has none of is left out):
/// <c>retry</c>, <c>skip</c> with an outcome, <c>cancel</c>, or <c>close</c> where no cases stand still.
/// </summary>
internal sealed record CauseToDecide(string? Cause, string? Kind, string? ScenarioId, string? Step, string? Decision, string? Outcome);

/// <summary>How many incidents were decided.</summary>
internal sealed record CauseDecided(int Decided);

/// <summary>An incident as the API shows it.</summary>
internal sealed record IncidentShown(Guid Id, Guid? CaseId, string? ScenarioId, string? Step, IncidentKind Kind, string Cause, string Message, DateTimeOffset At)
{
    public static IncidentShown Of(Incident row) => new(row.Id, row.CaseId, row.DefinitionId, row.NodeId, row.Kind, row.Cause, row.Message, row.At);
}

/// <summary>The open incidents of a cause at a step of a scenario, and what is owed on the invoices behind them.</summary>
internal sealed record CauseShown(string Cause, string? ScenarioId, string? Step, IncidentKind Kind, bool StopsCases, int Incidents, long OpenMinor, DateTimeOffset Oldest)
{
    public static CauseShown Of(CauseFigures row) => new(row.Cause, row.ScenarioId, row.StepId, Enum.Parse<IncidentKind>(row.Kind), row.StopsCases, row.Incidents, row.OpenMinor, row.Oldest);
}
