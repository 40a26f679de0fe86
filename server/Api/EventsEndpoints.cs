using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Live;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Events: everything that happened, newest first.</summary>
internal static class EventsEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/events", async (string? name, Guid? invoiceId, Guid? customerId, string? cursor, int? limit, IMerchantRecords records, CancellationToken cancellationToken) =>
            Results.Ok(await records.PageAsync<DomainEvent, EventShown>(
                row => (name == null || row.Name == name) && (invoiceId == null || row.InvoiceId == invoiceId) && (customerId == null || row.CustomerId == customerId),
                cursor, limit, EventShown.Of, cancellationToken)))
            .Needs(Permissions.Read).Produces<Page<EventShown>>().WithTags("events");
}
