using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Designer.Exports;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Cases: runs of scenarios, where they wait, and what they did.</summary>
internal static class CasesEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<CaseShown>("/cases", Permissions.Read, "cases", async (
            HttpRequest request, string? scenario, string? status, Guid? invoiceId, Guid? customerId, string? cursor, int? limit, ICaseStore cases, CancellationToken cancellationToken) =>
        {
            var (before, size) = Paging.Read(cursor, limit);
            var wanted = new CaseQuery
            {
                DefinitionId = scenario,
                Status = Paging.Word<CaseStatus>(status, "status"),
                CorrelationId = invoiceId is null ? null : $"invoice:{invoiceId}",
                CustomerKey = customerId?.ToString("D"),
            };
            return Listing.IsForFile(request)
                ? Listing.File(request, CaseExport.Of(cases, wanted))
                : Results.Ok(Paging.Of(await cases.QueryAsync(wanted with { Before = before, Limit = size + 1 }, cancellationToken), size, row => row.Id, CaseShown.Of));
        });

        api.MapGet("/cases/{id:guid}", async (Guid id, ICaseStore cases, CancellationToken cancellationToken) =>
            await cases.FindAsync(id, cancellationToken) is { } found
                ? Results.Ok(new CaseWithJournal(CaseShown.Of(found), await cases.JournalAsync(id, cancellationToken), await cases.OpenIncidentsAsync(id, 50, cancellationToken)))
                : Problem.NotFound())
            .Needs(Permissions.Read).Produces<CaseWithJournal>().WithTags("cases");

        api.MapPost("/cases/tasks/{taskId}/complete", async (string taskId, StepDone done, CaseDesk desk, CancellationToken cancellationToken) =>
            await desk.CompleteTaskAsync(taskId, done.Result?.ToJsonString(), cancellationToken) ? Results.Accepted() : Problem.NotFound())
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces(StatusCodes.Status202Accepted).WithTags("cases");

        api.MapPost("/cases/{id:guid}/cancel", async (Guid id, ICaseStore cases, CaseActions actions, CancellationToken cancellationToken) =>
        {
            if (await cases.FindAsync(id, cancellationToken) is null)
            {
                return Problem.NotFound();
            }

            await actions.CancelAsync(id, cancellationToken);
            return Results.Accepted();
        }).Needs(Permissions.WorkTasks).Produces(StatusCodes.Status202Accepted).WithTags("cases");
    }
}

/// <summary>That a program did what a case asked, and what came of it.</summary>
internal sealed record StepDone(System.Text.Json.Nodes.JsonObject? Result);

/// <summary>A case as the API shows it.</summary>
internal sealed record CaseShown(
    Guid Id, string ScenarioId, int Version, CaseStatus Status, CaseSubStatus SubStatus, string? Reference, string? CorrelationId,
    string? WaitingStep, DateTimeOffset? WaitingSince, DateTimeOffset? WaitingUntil, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt)
{
    public static CaseShown Of(CaseRecord row) => new(
        row.Id, row.DefinitionId, row.Version, row.Status, row.SubStatus, row.Reference, row.CorrelationId,
        row.WaitingNodeId, row.WaitingSince, row.WaitingUntil, row.CreatedAt, row.UpdatedAt, row.FinishedAt);
}

/// <summary>A case with what it did, burst by burst, and what stops it.</summary>
internal sealed record CaseWithJournal(CaseShown Case, IReadOnlyList<JournalEntry> Journal, IReadOnlyList<Incident> Incidents);
