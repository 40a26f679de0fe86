using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Live;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Invoices: list, read, bring in, contest, note a promise.</summary>
internal static class InvoicesEndpoints
{
    private const string Tag = "invoices";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<InvoiceShown>("/invoices", Permissions.Read, Tag, ListAsync);
        api.MapGet("/invoices/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<Invoice>(id, cancellationToken), InvoiceShown.Of))
            .Needs(Permissions.Read).Produces<InvoiceShown>().WithTags(Tag);
        api.MapPost("/invoices", NewInvoice.TakeAsync)
            .Needs(Permissions.ImportInvoices).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<InvoiceShown>(StatusCodes.Status201Created).WithTags(Tag);
        api.MapPost("/invoices/import", InvoiceUpload.TakeAsync)
            .Needs(Permissions.ImportInvoices).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(UploadedFile.MaxRequestBytes))
            .AddEndpointFilter(IdempotentPost.FilterAsync).Accepts<string>("text/csv", "multipart/form-data").Produces<ImportShown>().WithTags(Tag);
        api.MapPost("/invoices/{id:guid}/dispute", DisputeAsync).Needs(Permissions.WorkTasks).Produces<InvoiceShown>().WithTags(Tag);
        api.MapPost("/invoices/{id:guid}/promise", PromiseAsync).Needs(Permissions.WorkTasks).Produces<InvoiceShown>().WithTags(Tag);
        api.MapPost("/invoices/{id:guid}/events", TellAsync)
            .Needs(Permissions.ImportInvoices).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<EventShown>(StatusCodes.Status201Created).WithTags(Tag);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, string? status, string? number, Guid? customerId, bool? overdue, string? cursor, int? limit, IMerchantRecords records, ListExports exports, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var wanted = Paging.Word<InvoiceStatus>(status, "status");
        var today = QuietHours.Of(await records.MerchantAsync(cancellationToken)).DayOf(time.GetUtcNow());
        return await Listing.AnswerAsync<Invoice, InvoiceShown>(
            request, records,
            row => (wanted == null || row.Status == wanted)
                && (number == null || row.Number == number)
                && (customerId == null || row.CustomerId == customerId)
                && (overdue != true || ((row.Status == InvoiceStatus.Open || row.Status == InvoiceStatus.PartlyPaid) && row.DueDate < today)),
            cursor, limit, InvoiceShown.Of, where => exports.Invoices(where), cancellationToken);
    }

    private static async Task<IResult> DisputeAsync(Guid id, Dispute dispute, InvoiceDesk desk, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<Invoice>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        await desk.DisputeAsync(id, dispute.Disputed, cancellationToken);
        return Doors.Shown(await records.FindAsync<Invoice>(id, cancellationToken), InvoiceShown.Of);
    }

    private static async Task<IResult> TellAsync(Guid id, News news, InvoiceNews desk, IMerchantRecords records, CancellationToken cancellationToken) =>
        await records.FindAsync<Invoice>(id, cancellationToken) is null
            ? Problem.NotFound()
            : Results.Created((string?)null, EventShown.Of(await desk.TellAsync(id, news.Name ?? "", news.With, cancellationToken)));

    private static async Task<IResult> PromiseAsync(Guid id, Promise promise, InvoiceDesk desk, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<Invoice>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        await desk.PromiseAsync(id, promise.Until, cancellationToken);
        return Doors.Shown(await records.FindAsync<Invoice>(id, cancellationToken), InvoiceShown.Of);
    }
}

/// <summary>Whether the customer contests the invoice.</summary>
internal sealed record Dispute(bool Disputed);

/// <summary>What the ERP tells about an invoice: its own word for it, and what it sends along.</summary>
internal sealed record News(string? Name, System.Text.Json.Nodes.JsonObject? With);

/// <summary>Until when the customer promised to pay; null takes the promise back.</summary>
internal sealed record Promise(DateOnly? Until);

/// <summary>An invoice as the API shows it.</summary>
internal sealed record InvoiceShown(
    Guid Id, string Number, Guid CustomerId, DateOnly IssueDate, DateOnly DueDate, long AmountMinor, long OpenMinor, string Currency, InvoiceStatus Status,
    bool Disputed, DateOnly? PromisedUntil, string? ScenarioId, string? Kind, string? Description, DateTimeOffset ImportedAt, DateTimeOffset? PaidAt)
{
    public static InvoiceShown Of(Invoice row) => new(
        row.Id, row.Number, row.CustomerId, row.IssueDate, row.DueDate, row.Amount.AmountMinor, row.Open.AmountMinor, row.Amount.Currency, row.Status,
        row.Disputed, row.PromisedUntil, row.ScenarioId, row.Kind, row.Description, row.ImportedAt, row.PaidAt);
}
