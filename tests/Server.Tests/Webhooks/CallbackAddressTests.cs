using CentralPay.Workflows.Payments.Callbacks;

namespace CentralPay.Workflows.Server.Tests.Webhooks;

public sealed class CallbackAddressTests
{
    [Theory]
    [InlineData("https://erp.example/centralpay", true, null)]
    [InlineData("https://erp.example/centralpay", false, null)]
    [InlineData("http://erp.example/centralpay", true, null)]
    [InlineData("http://erp.example/centralpay", false, CallbackAddress.NotHttps)]
    [InlineData("https://name:password@erp.example/", false, CallbackAddress.NoAddress)]
    [InlineData("file:///etc/passwd", true, CallbackAddress.NoAddress)]
    [InlineData("/centralpay", true, CallbackAddress.NoAddress)]
    public void Callbacks_go_to_web_addresses_only_and_in_clear_only_in_Development(string url, bool development, string? problem) =>
        Assert.Equal(problem, CallbackAddress.Problem(url, development));
}
