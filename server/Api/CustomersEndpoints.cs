using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Figures;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Live;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Customers: who owes or owed money, how much, and their whole story.</summary>
internal static class CustomersEndpoints
{
    private const string Tag = "customers";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<CustomerShown>("/customers", Permissions.Read, Tag, ListAsync);
        api.MapGet("/customers/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<Customer>(id, cancellationToken), CustomerShown.Of))
            .Needs(Permissions.Read).Produces<CustomerShown>().WithTags(Tag);
        api.MapGet("/customers/{id:guid}/balance", BalanceAsync).Needs(Permissions.Read).Produces<CustomerFigures>().WithTags(Tag);
        api.MapGet("/customers/{id:guid}/timeline", CustomerTimelineAsync).Needs(Permissions.Read).Produces<Page<EventShown>>().WithTags(Tag);
        api.MapGet("/invoices/{id:guid}/timeline", InvoiceTimelineAsync).Needs(Permissions.Read).Produces<Page<EventShown>>().WithTags("invoices");
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, string? number, string? search, string? owing, string? cursor, int? limit, IMerchantRecords records, ListExports exports, ICustomerFigures figures, TimeProvider time, CancellationToken cancellationToken)
    {
        var searched = SearchText.Of(search);
        var wanted = Paging.Word<CustomersOwing>(owing, "owing") ?? CustomersOwing.All;
        var today = QuietHours.Of(await records.MerchantAsync(cancellationToken)).DayOf(time.GetUtcNow());
        return await Listing.AnswerAsync<Customer, CustomerShown>(
            request, records, row => (number == null || row.Number == number) && (searched == "" || row.Searched.Contains(searched)), cursor, limit, CustomerShown.Of,
            where => exports.Customers(where, wanted, today, figures), cancellationToken);
    }

    private static async Task<IResult> BalanceAsync(Guid id, IMerchantRecords records, ICustomerFigures figures, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<Customer>(id, cancellationToken) is null || await records.FindAsync<Merchant>(records.MerchantId, cancellationToken) is not { } merchant)
        {
            return Problem.NotFound();
        }

        return Results.Ok((await figures.OfAsync([id], QuietHours.Of(merchant).DayOf(time.GetUtcNow()), cancellationToken))[id]);
    }

    private static async Task<IResult> CustomerTimelineAsync(Guid id, string? kind, string? cursor, int? limit, IMerchantRecords records, Timeline timeline, CancellationToken cancellationToken) =>
        await records.FindAsync<Customer>(id, cancellationToken) is null
            ? Problem.NotFound()
            : await TimelineAsync(new TimelineOf(id, null, Paging.Word<TimelineKind>(kind, "kind")), cursor, limit, timeline, cancellationToken);

    private static async Task<IResult> InvoiceTimelineAsync(Guid id, string? kind, string? cursor, int? limit, IMerchantRecords records, Timeline timeline, CancellationToken cancellationToken) =>
        await records.FindAsync<Invoice>(id, cancellationToken) is null
            ? Problem.NotFound()
            : await TimelineAsync(new TimelineOf(null, id, Paging.Word<TimelineKind>(kind, "kind")), cursor, limit, timeline, cancellationToken);

    private static async Task<IResult> TimelineAsync(TimelineOf of, string? cursor, int? limit, Timeline timeline, CancellationToken cancellationToken)
    {
        var (before, size) = Paging.Read(cursor, limit);
        var page = await timeline.PageAsync(of, before, size, cancellationToken);
        return Results.Ok(new Page<EventShown>([.. page.Events.Select(EventShown.Of)], page.Next is { } next ? Paging.CursorOf(next) : null));
    }
}

/// <summary>A customer as the API shows it.</summary>
internal sealed record CustomerShown(
    Guid Id, string Number, string Name, string? Email, string? Phone, string Language, string Country, bool IsBusiness, string? ScenarioId, bool EmailOptedOut, bool SmsOptedOut, MessageChannel? PreferredChannel,
    string? ExcludedReason, DateOnly? ExcludedUntil, DateTimeOffset CreatedAt)
{
    public static CustomerShown Of(Customer row) => new(
        row.Id, row.Number, row.Name, row.Email, row.Phone, row.Language, row.Country, row.IsBusiness, row.ScenarioId, row.EmailOptedOut, row.SmsOptedOut, row.PreferredChannel,
        row.ExcludedReason, row.ExcludedUntil, row.CreatedAt);
}
