using CentralPay.Workflows.Sandbox.PaymentRequests;
using Microsoft.AspNetCore.WebUtilities;

namespace CentralPay.Workflows.Sandbox.PaymentPage;

/// <summary>Where the payer's browser goes after a payment: back to the merchant with three facts in the address, none of them signed.</summary>
public static class BrowserReturn
{
    public static string AddressFor(PaymentRequest request, Guid breakdownId, Guid transactionId) =>
        request.RedirectUrl is not { } address ? $"/pay/{breakdownId}/receipt/{transactionId}" : QueryHelpers.AddQueryString(address, new Dictionary<string, string?>
        {
            ["pointOfSaleId"] = request.PointOfSaleId.ToString(),
            ["merchantPaymentRequestId"] = request.MerchantPaymentRequestId,
            ["paymentStatus"] = request.PaymentStatus.ToString().ToUpperInvariant(),
        });
}
