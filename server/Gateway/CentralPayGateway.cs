using CentralPay.Workflows.Payments.Gateway;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>CentralPay's payment API for the merchant of the scope, one call a try.</summary>
internal sealed class CentralPayGateway(HttpClient client, GatewayCredentials credentials, IOptions<GatewayOptions> options) : IPaymentGateway
{
    private readonly GatewayCall call = new(client, credentials);

    public Task<GatewayResult<GatewayRequest>> CreateRequestAsync(NewGatewayRequest request, string key, CancellationToken cancellationToken) =>
        call.ChangeAsync("paymentRequest", GatewayForm.Of(request, options.Value), key, GatewayAnswers.Request, cancellationToken);

    public Task<GatewayResult<GatewayRequest?>> FindRequestAsync(string merchantPaymentRequestId, CancellationToken cancellationToken) =>
        call.FindAsync(GatewayNames.RequestPath, GatewayNames.RequestReference, merchantPaymentRequestId, GatewayAnswers.Request, cancellationToken);

    public Task<GatewayResult<GatewayRequest>> ReadRequestAsync(string gatewayRequestId, CancellationToken cancellationToken) =>
        call.ReadAsync($"paymentRequest/{Uri.EscapeDataString(gatewayRequestId)}", GatewayAnswers.Request, cancellationToken);

    public Task<GatewayResult<GatewayRequest>> CancelRequestAsync(string gatewayRequestId, CancellationToken cancellationToken) =>
        call.ChangeAsync($"paymentRequest/{Uri.EscapeDataString(gatewayRequestId)}/cancel", [], null, GatewayAnswers.Request, cancellationToken);

    public Task<GatewayResult<GatewayTransfer>> ReadTransferAsync(string gatewayTransferId, CancellationToken cancellationToken) =>
        call.ReadAsync(GatewayNames.TransferPath + Uri.EscapeDataString(gatewayTransferId), GatewayAnswers.Transfer, cancellationToken);
}
