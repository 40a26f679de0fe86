using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Incidents: what stopped and wants a decision.</summary>
internal static class IncidentsEndpoints
{
    private const int MostListed = 200;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/incidents", async (Guid? caseId, ICaseStore cases, CancellationToken cancellationToken) =>
            Results.Ok(new Page<IncidentShown>([.. (await cases.OpenIncidentsAsync(caseId, MostListed, cancellationToken)).Select(IncidentShown.Of)], null)))
            .Needs(Permissions.Read).Produces<Page<IncidentShown>>().WithTags("incidents");
        Decide("retry", (actions, id, _, cancellationToken) => actions.RetryAsync(id, cancellationToken));
        Decide("skip", (actions, id, outcome, cancellationToken) => actions.SkipAsync(id, outcome, cancellationToken));
        Decide("close", (actions, id, _, cancellationToken) => actions.CloseAsync(id, cancellationToken));

        void Decide(string decision, Func<CaseActions, Guid, string?, CancellationToken, Task> act) =>
            api.MapPost($"/incidents/{{id:guid}}/{decision}", async (Guid id, string? outcome, ICaseStore cases, CaseActions actions, CancellationToken cancellationToken) =>
            {
                if (await cases.FindIncidentAsync(id, cancellationToken) is null)
                {
                    return Problem.NotFound();
                }

                await act(actions, id, outcome, cancellationToken);
                return Results.Accepted();
            }).Needs(Permissions.WorkTasks).Produces(StatusCodes.Status202Accepted).WithTags("incidents");
    }
}

/// <summary>An incident as the API shows it.</summary>
internal sealed record IncidentShown(Guid Id, Guid? CaseId, string? Step, IncidentKind Kind, string Cause, string Message, DateTimeOffset At)
{
    public static IncidentShown Of(Incident row) => new(row.Id, row.CaseId, row.NodeId, row.Kind, row.Cause, row.Message, row.At);
}
