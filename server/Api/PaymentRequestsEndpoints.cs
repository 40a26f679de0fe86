using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Server.Payer;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Payment requests: open one for an invoice, hand out its link, cancel it.</summary>
internal static class PaymentRequestsEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<PaymentRequestShown>("/payment-requests", Permissions.Read, "payment-requests", (
            HttpRequest request, string? status, Guid? invoiceId, string? cursor, int? limit, IMerchantRecords records, ListExports exports, IOptions<PayerOptions> payer, CancellationToken cancellationToken) =>
        {
            var wanted = Paging.Word<RequestStatus>(status, "status");
            return Listing.AnswerAsync<PaymentRequest, PaymentRequestShown>(
                request, records, row => (wanted == null || row.RequestStatus == wanted) && (invoiceId == null || row.InvoiceId == invoiceId),
                cursor, limit, row => PaymentRequestShown.Of(row, payer.Value), exports.Requests, cancellationToken);
        });

        api.MapGet("/payment-requests/{id:guid}", async (Guid id, IMerchantRecords records, IOptions<PayerOptions> payer, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<PaymentRequest>(id, cancellationToken), row => PaymentRequestShown.Of(row, payer.Value)))
            .Needs(Permissions.Read).Produces<PaymentRequestShown>().WithTags("payment-requests");

        api.MapPost("/payment-requests", OpenAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<PaymentRequestShown>(StatusCodes.Status201Created).WithTags("payment-requests");

        api.MapPost("/payment-requests/{id:guid}/cancel", CancelAsync)
            .Needs(Permissions.WorkTasks).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<PaymentRequestShown>().WithTags("payment-requests");
    }

    private static async Task<IResult> OpenAsync(
        NewPaymentRequest ask, HttpContext context, PaymentRequests requests, IMerchantRecords records, IWorkSignal signal, IOptions<PayerOptions> payer, CancellationToken cancellationToken)
    {
        var key = context.Request.Headers[IdempotentPost.HeaderName].ToString() is { Length: > 0 } given ? given : Guid.CreateVersion7().ToString("N");
        var opened = await requests.OpenAsync(new OpenPaymentRequest { InvoiceId = ask.InvoiceId, Deadline = ask.Deadline, EffectKey = $"api/{key}" }, cancellationToken);
        await records.CommitAsync(cancellationToken);
        signal.Set();
        return Results.Created($"/api/v1/payment-requests/{opened.Id}", PaymentRequestShown.Of(opened, payer.Value));
    }

    private static async Task<IResult> CancelAsync(
        Guid id, PaymentRequests requests, IMerchantRecords records, IWorkSignal signal, IOptions<PayerOptions> payer, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<PaymentRequest>(id, cancellationToken) is null)
        {
            return Problems.Problem.NotFound();
        }

        var cancelled = await requests.CancelAsync(new CancelPaymentRequest { RequestId = id }, cancellationToken);
        await records.CommitAsync(cancellationToken);
        signal.Set();
        return Results.Ok(PaymentRequestShown.Of(cancelled, payer.Value));
    }
}

/// <summary>Asks for a payment request for what is owed on an invoice.</summary>
internal sealed record NewPaymentRequest(Guid InvoiceId, DateTimeOffset? Deadline);

/// <summary>A payment request as the API shows it; <c>link</c> is the payer's page.</summary>
internal sealed record PaymentRequestShown(
    Guid Id, Guid InvoiceId, Guid CustomerId, long AmountMinor, long PaidMinor, string Currency, RequestStatus RequestStatus, RequestPaymentStatus PaymentStatus,
    string Link, string Reference, string? VirtualIban, string? GatewayRequestId, DateTimeOffset? Deadline, DateTimeOffset CreatedAt)
{
    public static PaymentRequestShown Of(PaymentRequest row, PayerOptions payer) => new(
        row.Id, row.InvoiceId, row.CustomerId, row.Amount.AmountMinor, row.Paid.AmountMinor, row.Amount.Currency, row.RequestStatus, row.PaymentStatus,
        $"{payer.PageBaseUrl}/{row.LinkToken}", row.Reference, row.VirtualIban, row.GatewayRequestId, row.Deadline, row.CreatedAt);
}
