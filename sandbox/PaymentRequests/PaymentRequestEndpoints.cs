using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.Bank;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace CentralPay.Workflows.Sandbox.PaymentRequests;

/// <summary>The operations on payment requests.</summary>
public static class PaymentRequestEndpoints
{
    private const int QrPixelsPerModule = 8;

    public static void MapPaymentRequests(this RouteGroupBuilder api, ApiDoor door)
    {
        var services = ((IEndpointRouteBuilder)api).ServiceProvider;
        var settlement = services.GetRequiredService<Settlement>();
        var publicUrl = services.GetRequiredService<SandboxOptions>().PublicUrl;

        api.MapPost("/paymentRequest", door.Change(async call =>
        {
            var request = PaymentRequestForm.Read(call);
            call.Database.Add(request);
            await call.Database.SaveChangesAsync();
            if (request.TransferAccepted)
            {
                request.VirtualIban = VirtualIban.For(request.AccountNumber, request.Number);
                request.SepaReference = SepaReference.For(request.Number);
            }
            return await ShowAsync(call, request);
        }));
        api.MapGet("/paymentRequest/{id}", door.Read(async call => await ShowAsync(call, await FindAsync(call))));
        api.MapGet(UnconfirmedNames.SearchPath, door.Read(async call =>
        {
            var reference = call.Query[UnconfirmedNames.SearchByMerchantReference].ToString();
            if (reference.Length == 0) throw new ApiRefusalException(400, UnconfirmedNames.SearchByMerchantReference, "required");
            var found = await call.Database.WholeRequests()
                .Where(request => request.AccountNumber == call.Account.Number && request.MerchantPaymentRequestId == reference)
                .OrderByDescending(request => request.Number).Take(PaymentRequestSearch.MostFound).ToListAsync();
            return ApiAnswer.Ok(await call.Database.ShowAsync(found, publicUrl));
        }));
        api.MapPost("/paymentRequest/{id}/cancel", door.Change(async call =>
        {
            var request = await FindAsync(call);
            await settlement.CancelAsync(call.Database, request, call.Now);
            return await ShowAsync(call, request);
        }));
        api.MapPost(UnconfirmedNames.ClosePath, door.Change(async call =>
        {
            var request = await FindAsync(call);
            request.CloseComment = call.Form.Text(UnconfirmedNames.CloseComment);
            call.Form.ThrowIfRefused();
            await settlement.CloseAsync(call.Database, request, call.Now);
            return await ShowAsync(call, request);
        }));
        api.MapPost("/paymentRequestBreakdown/{id}/qrcode", door.Read(async call =>
        {
            if (call.Form.Text("format") is { } format && format != "PNG") throw new ApiRefusalException(400, "format", "only PNG is drawn");
            var breakdown = await call.Database.Breakdowns
                .SingleOrDefaultAsync(b => b.PaymentRequestBreakdownId == call.Id && b.PaymentRequest.AccountNumber == call.Account.Number)
                ?? throw ApiRefusalException.NotFound("paymentRequestBreakdownId");
            var png = PngByteQRCodeHelper.GetQRCode(BreakdownAnswer.EndpointOf(breakdown, publicUrl), QRCodeGenerator.ECCLevel.M, QrPixelsPerModule);
            return new ApiAnswer(200, "image/png", png);
        }));

        async Task<ApiAnswer> ShowAsync(ApiCall call, PaymentRequest request) => ApiAnswer.Ok(await call.Database.ShowAsync(request, publicUrl));
    }

    private static async Task<PaymentRequest> FindAsync(ApiCall call) =>
        await call.Database.WholeRequests().SingleOrDefaultAsync(request => request.PaymentRequestId == call.Id && request.AccountNumber == call.Account.Number)
        ?? throw ApiRefusalException.NotFound("paymentRequestId");
}
