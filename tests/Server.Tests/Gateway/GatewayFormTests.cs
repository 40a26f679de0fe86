using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Server.Gateway;

namespace CentralPay.Workflows.Server.Tests.Gateway;

public sealed class GatewayFormTests
{
    [Theory]
    [InlineData("EUR", "TRANSACTION,SCT")]
    [InlineData("USD", "TRANSACTION")]
    public void A_SEPA_transfer_is_offered_for_euros_only(string currency, string methods)
    {
        var options = new GatewayOptions { PaymentMethods = { GatewayNames.CardMethod, GatewayNames.TransferMethod } };

        var form = GatewayForm.Of(
            new NewGatewayRequest
            {
                MerchantPaymentRequestId = "0192f0a1-0000-7000-8000-0000000000a1",
                Amount = new Money(12_000, currency),
                Description = "F-2026-0001",
                Language = "fr",
                RedirectUrl = "https://pay.example.test/pay/x/return",
            },
            options);

        Assert.Equal(methods, string.Join(',', form.Where(field => field.Key == "paymentMethod[]").Select(field => field.Value)));
    }
}
