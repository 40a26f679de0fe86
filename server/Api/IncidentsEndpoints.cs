using System.Text.Json;
using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Incidents: what stopped and wants a decision, one by one and by cause.</summary>
internal static class IncidentsEndpoints
{
    private const string Tag = "incidents";
    private const int MostListed = 200;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/incidents", async (Guid? caseId, ICaseStore cases, CancellationToken cancellationToken) =>
            Results.Ok(new Page<IncidentShown>([.. (await cases.OpenIncidentsAsync(caseId, MostListed, cancellationToken)).Select(IncidentShown.Of)], null)))
            .Needs(Permissions.Read).Produces<Page<IncidentShown>>().WithTags(Tag);
        api.MapGet("/incidents/causes", async (IIncidentFigures figures, CancellationToken cancellationToken) =>
            Results.Ok(new Page<CauseShown>([.. (await figures.CausesAsync(cancellationToken)).Select(CauseShown.Of)], null)))
            .Needs(Permissions.Read).Produces<Page<CauseShown>>().WithTags(Tag);
        api.MapPost("/incidents/causes/decide", DecideCauseAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<CauseDecided>().WithTags(Tag);
        api.MapPost("/incidents/{id:guid}/retry-with", (Guid id, RetryToRun retry, ICaseStore cases, CaseActions actions, CancellationToken cancellationToken) =>
            DecideAsync(id, new Decision(DecisionKind.Retry) { Inputs = retry.Inputs ?? [] }, cases, actions, cancellationToken))
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

    private static async Task<IResult> DecideCauseAsync(CauseToDecide wanted, CaseActions actions, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(wanted.Cause))
        {
            return Problem.Invalid("cause", "required");
        }

        if (Paging.Word<DecisionKind>(wanted.Decision, "decision") is not { } kind)
        {
            return Problem.Invalid("decision", "required");
        }

        return Results.Ok(new CauseDecided(await actions.DecideAllAsync(wanted.Cause, wanted.Step, new Decision(kind) { Outcome = wanted.Outcome }, null, cancellationToken)));
    }
}

/// <summary>Values that inputs of the failed step take instead of theirs, by name.</summary>
internal sealed record RetryToRun(Dictionary<string, JsonElement>? Inputs);

/// <summary>A decision for all open incidents of a cause at a step (null: at none): <c>retry</c>, <c>skip</c> with an outcome, <c>cancel</c>, <c>close</c>.</summary>
internal sealed record CauseToDecide(string? Cause, string? Step, string? Decision, string? Outcome);

/// <summary>How many incidents were decided.</summary>
internal sealed record CauseDecided(int Decided);

/// <summary>An incident as the API shows it.</summary>
internal sealed record IncidentShown(Guid Id, Guid? CaseId, string? Step, IncidentKind Kind, string Cause, string Message, DateTimeOffset At)
{
    public static IncidentShown Of(Incident row) => new(row.Id, row.CaseId, row.NodeId, row.Kind, row.Cause, row.Message, row.At);
}

/// <summary>The open incidents of a cause at a step, and what is owed on the invoices behind them.</summary>
internal sealed record CauseShown(string Cause, string? Step, IncidentKind Kind, bool StopsCases, int Incidents, long OpenMinor, DateTimeOffset Oldest)
{
    public static CauseShown Of(CauseFigures row) => new(row.Cause, row.StepId, Enum.Parse<IncidentKind>(row.Kind), row.StopsCases, row.Incidents, row.OpenMinor, row.Oldest);
}
