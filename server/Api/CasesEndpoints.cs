using System.Text.Json;
using CentralPay.Workflows.Activities.Stimuli;
using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Designer.Exports;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Cases: runs of scenarios, where they wait, and what they did.</summary>
internal static class CasesEndpoints
{
    private const int MostSubjectCharacters = 200;
    private const int MostOfAnAmount = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<CaseShown>("/cases", Permissions.Read, "cases", async (
            HttpRequest request, string? scenario, string? status, Guid? invoiceId, Guid? customerId, string? reference, long? amountMinor, string? cursor, int? limit,
            ICaseStore cases, IMerchantRecords records, CancellationToken cancellationToken) =>
        {
            var (before, size) = Paging.Read(cursor, limit);
            var wanted = new CaseQuery
            {
                DefinitionId = scenario,
                Status = Paging.Word<CaseStatus>(status, "status"),
                CorrelationId = invoiceId is { } about ? CaseSubjects.OfInvoice(about) : null,
                CustomerKey = customerId?.ToString("D"),
                References = await ReferencesAsync(reference, amountMinor, records, cancellationToken),
            };
            return Listing.IsForFile(request)
                ? Listing.File(request, CaseExport.Of(cases, wanted))
                : Results.Ok(Paging.Of(await cases.QueryAsync(wanted with { Before = before, Limit = size + 1 }, cancellationToken), size, row => row.Id, CaseShown.Of));
        });

        api.MapGet("/cases/{id:guid}", async (Guid id, ICaseStore cases, CancellationToken cancellationToken) =>
            await cases.FindAsync(id, cancellationToken) is { } found
                ? Results.Ok(new CaseWithJournal(CaseShown.Of(found), await cases.JournalAsync(id, cancellationToken), await cases.OpenIncidentsAsync(id, 50, cancellationToken: cancellationToken)))
                : Problem.NotFound())
            .Needs(Permissions.Read).Produces<CaseWithJournal>().WithTags("cases");

        api.MapPost("/cases/tasks/{taskId}/complete", async (string taskId, StepDone done, CaseActions actions, CancellationToken cancellationToken) =>
            await actions.CompleteTaskAsync(taskId, done.Result?.ToJsonString(), cancellationToken) ? Results.Accepted() : Problem.NotFound())
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces(StatusCodes.Status202Accepted).WithTags("cases");

        api.MapPost("/cases", StartAsync).Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<CaseStarted>(StatusCodes.Status202Accepted).WithTags("cases");
        Act("cancel", (actions, id, cancellationToken) => actions.CancelAsync(id, cancellationToken));
        Act("terminate", (actions, id, cancellationToken) => actions.TerminateAsync(id, cancellationToken));
        Act("pause", (actions, id, cancellationToken) => actions.PauseAsync(id, cancellationToken));
        Act("continue", (actions, id, cancellationToken) => actions.ContinueAsync(id, cancellationToken));

        api.MapGet("/cases/{id:guid}/variables", async (Guid id, ICaseStore cases, VariableDesk variables, CancellationToken cancellationToken) =>
            await cases.FindAsync(id, cancellationToken) is null
                ? Problem.NotFound()
                : Results.Ok(new Page<VariableShown>([.. (await variables.ListAsync(id, cancellationToken)).Select(VariableShown.Of)], null)))
            .Needs(Permissions.Read).Produces<Page<VariableShown>>().WithTags("cases");
        api.MapPut("/cases/{id:guid}/variables/{name}", async (Guid id, string name, VariableToChange change, ICaseStore cases, CaseActions actions, CancellationToken cancellationToken) =>
        {
            if (await cases.FindAsync(id, cancellationToken) is null)
            {
                return Problem.NotFound();
            }

            if (change.Value.ValueKind == JsonValueKind.Undefined)
            {
                throw RuleViolationException.Of("value", RuleCodes.Required);
            }

            await actions.ChangeVariableAsync(id, name, change.Value, change.Reason, cancellationToken);
            return Results.NoContent();
        }).Needs(Permissions.WorkTasks).Produces(StatusCodes.Status204NoContent).WithTags("cases");

        void Act(string word, Func<CaseActions, Guid, CancellationToken, Task> act) =>
            api.MapPost($"/cases/{{id:guid}}/{word}", async (Guid id, ICaseStore cases, CaseActions actions, CancellationToken cancellationToken) =>
            {
                if (await cases.FindAsync(id, cancellationToken) is null)
                {
                    return Problem.NotFound();
                }

                await act(actions, id, cancellationToken);
                return Results.Accepted();
            }).Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces(StatusCodes.Status202Accepted).WithTags("cases");
    }

    private static async Task<IResult> StartAsync(CaseToStart wanted, HttpRequest request, CaseActions actions, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(wanted.ScenarioId))
        {
            return Problem.Invalid("scenarioId", RuleCodes.Required);
        }

        var subject = new CaseSubject(wanted.CorrelationId, wanted.Reference, wanted.CustomerId?.ToString("D"));
        if (wanted.InvoiceId is { } invoiceId)
        {
            if (await records.FindAsync<Invoice>(invoiceId, cancellationToken) is not { } invoice)
            {
                return Problem.Invalid("invoiceId", RuleCodes.InvoiceUnknown);
            }

            subject = new CaseSubject(CaseSubjects.OfInvoice(invoiceId), invoice.Number, invoice.CustomerId.ToString("D"));
        }

        if (wanted.CustomerId is { } customerId && await records.FindAsync<Customer>(customerId, cancellationToken) is null)
        {
            return Problem.Invalid("customerId", RuleCodes.CustomerUnknown);
        }

        foreach (var (field, text) in new[] { ("correlationId", subject.CorrelationId), ("reference", subject.Reference) })
        {
            if (text is not null)
            {
                TextRules.Check(field, text, MostSubjectCharacters);
            }
        }

        var key = request.Headers[IdempotentPost.HeaderName].ToString();
        var started = await actions.StartAsync(wanted.ScenarioId, key.Length == 0 ? null : key, subject, wanted.Input?.ToJsonString(), cancellationToken);
        return Results.Accepted($"/api/v1/cases/{started}", new CaseStarted(started));
    }

    /// <summary>What cases are called that a reference and an amount ask for; null where neither does. A case of an invoice is called by its number; of an amount that very many have, the newest invoices count.</summary>
    private static async ValueTask<IReadOnlyList<string>?> ReferencesAsync(string? reference, long? amountMinor, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (amountMinor is not { } amount)
        {
            return string.IsNullOrEmpty(reference) ? null : [reference];
        }

        var invoices = await records.PageAsync<Invoice>(row => row.Amount.AmountMinor == amount && (reference == null || row.Number == reference), null, MostOfAnAmount, cancellationToken);
        return [.. invoices.Select(invoice => invoice.Number)];
    }
}

/// <summary>A case to start: of which scenario, about what, and what it receives.</summary>
internal sealed record CaseToStart(string? ScenarioId, Guid? InvoiceId, string? CorrelationId, string? Reference, Guid? CustomerId, System.Text.Json.Nodes.JsonObject? Input);

/// <summary>The case that was started, or will be in a moment.</summary>
internal sealed record CaseStarted(Guid Id);

/// <summary>A variable of a running case.</summary>
internal sealed record VariableShown(string Name, string Type, JsonElement? Value)
{
    public static VariableShown Of(CaseVariable row) => new(row.Name, row.TypeName, row.ValueJson is null ? null : JsonSerializer.Deserialize<JsonElement>(row.ValueJson));
}

/// <summary>Another value for a variable, null to empty it, and why.</summary>
internal sealed record VariableToChange(JsonElement Value, string? Reason);

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
