using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Messages: what was sent to whom, or will be.</summary>
internal static class MessagesEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<MessageShown>("/messages", Permissions.Read, "messages", (
            HttpRequest request, string? status, Guid? invoiceId, Guid? customerId, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
        {
            var wanted = Paging.Word<MessageStatus>(status, "status");
            return Listing.AnswerAsync<Message, MessageShown>(
                request, records,
                row => (wanted == null || row.Status == wanted) && (invoiceId == null || row.InvoiceId == invoiceId) && (customerId == null || row.CustomerId == customerId),
                cursor, limit, MessageShown.Of, exports.Messages, cancellationToken);
        });
        api.MapGet("/messages/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<Message>(id, cancellationToken), MessageShown.Of))
            .Needs(Permissions.Read).Produces<MessageShown>().WithTags("messages");
    }
}

/// <summary>A message as the API shows it.</summary>
internal sealed record MessageShown(
    Guid Id, MessageChannel Channel, string Template, string Language, string Recipient, string? Subject, MessageStatus Status, string? Reason,
    Guid? CustomerId, Guid? InvoiceId, Guid? RequestId, DateTimeOffset PlannedAt, DateTimeOffset DueAt, DateTimeOffset? SentAt,
    Guid? CoveredBy, int InvoiceCount, int? TextVersion, int? Segments, MessageDelivery? Delivery, string? DeliveryError)
{
    public static MessageShown Of(Message row) => new(
        row.Id, row.Channel, row.Template, row.Language, row.Recipient, row.Subject, row.Status, row.Reason,
        row.CustomerId, row.InvoiceId, row.RequestId, row.PlannedAt, row.DueAt, row.SentAt,
        row.CoveredBy, row.InvoiceCount, row.TextVersion, row.Segments, row.Delivery, row.DeliveryError);
}
