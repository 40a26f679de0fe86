using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Tasks: what a person is to do or decide.</summary>
internal static class TasksEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<TaskShown>("/tasks", Permissions.Read, "tasks", (
            HttpRequest request, string? status, string? kind, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
        {
            var wanted = Paging.Word<WorkTaskStatus>(status, "status");
            return Listing.AnswerAsync<WorkTask, TaskShown>(
                request, records, row => (wanted == null || row.Status == wanted) && (kind == null || row.Kind == kind), cursor, limit, TaskShown.Of, exports.Tasks, cancellationToken);
        });
        api.MapGet("/tasks/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<WorkTask>(id, cancellationToken), TaskShown.Of))
            .Needs(Permissions.Read).Produces<TaskShown>().WithTags("tasks");
        api.MapPost("/tasks/{id:guid}/complete", CompleteAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<TaskShown>().WithTags("tasks");
    }

    private static async Task<IResult> CompleteAsync(Guid id, TaskOutcome outcome, TaskDesk desk, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<WorkTask>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        return string.IsNullOrWhiteSpace(outcome.Outcome)
            ? Problem.Invalid("outcome", RuleCodes.Required)
            : Results.Ok(TaskShown.Of(await desk.CompleteAsync(id, outcome.Outcome, cancellationToken)));
    }
}

/// <summary>What was decided.</summary>
internal sealed record TaskOutcome(string? Outcome);

/// <summary>A task as the API shows it.</summary>
internal sealed record TaskShown(
    Guid Id, string Kind, string Title, string? Note, WorkTaskStatus Status, string? AssignedTo, string? Outcome, string? CompletedBy,
    Guid? CustomerId, Guid? InvoiceId, Guid? TransferId, long? AmountMinor, string? Currency, DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt)
{
    public static TaskShown Of(WorkTask row) => new(
        row.Id, row.Kind, row.Title, row.Note, row.Status, row.AssignedTo, row.Outcome, row.CompletedBy,
        row.CustomerId, row.InvoiceId, row.TransferId, row.AmountMinor, row.Currency, row.CreatedAt, row.CompletedAt);
}
