using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Payments: money that was received.</summary>
internal static class PaymentsEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<PaymentShown>("/payments", Permissions.Read, "payments", (
            HttpRequest request, Guid? invoiceId, Guid? customerId, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
            Listing.AnswerAsync<Payment, PaymentShown>(
                request, records, row => (invoiceId == null || row.InvoiceId == invoiceId) && (customerId == null || row.CustomerId == customerId),
                cursor, limit, PaymentShown.Of, exports.Payments, cancellationToken));
        api.MapGet("/payments/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<Payment>(id, cancellationToken), PaymentShown.Of))
            .Needs(Permissions.Read).Produces<PaymentShown>().WithTags("payments");
    }
}

/// <summary>A payment as the API shows it.</summary>
internal sealed record PaymentShown(
    Guid Id, PaymentMethod Method, long AmountMinor, long AllocatedMinor, string Currency, DateTimeOffset ReceivedAt, Guid? RequestId, Guid? InvoiceId, Guid? CustomerId, string SourceKey, PaymentState State, Guid? TransferId)
{
    public static PaymentShown Of(Payment row) => new(
        row.Id, row.Method, row.Amount.AmountMinor, row.Allocated.AmountMinor, row.Amount.Currency, row.ReceivedAt, row.RequestId, row.InvoiceId, row.CustomerId, row.SourceKey, row.State, row.TransferId);
}
