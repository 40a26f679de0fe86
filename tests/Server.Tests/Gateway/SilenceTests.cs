using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Gateway;
using CentralPay.Workflows.Server.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Server.Tests.Gateway;

/// <summary>What was paid while the house was down, and its gateway gave up telling.</summary>
[Collection(HouseCollection.Name)]
public sealed class SilenceTests(House house)
{
    private static readonly TimeSpan Down = TimeSpan.FromHours(3);

    [Theory]
    [InlineData("card")]
    [InlineData("transfer")]
    public async Task A_payment_that_was_never_told_is_found_when_the_house_begins_again(string method)
    {
        var (invoice, request) = await house.InvoiceAsync($"SILENCE-{method}");
        await house.Sandbox.PostAsJsonAsync("/sandbox/faults", new { fault = "WebhookHold", times = 1000 });
        try
        {
            await PayAsync(request, method);
            await house.TellWebhooksAsync();
            await house.SettleAsync();
            Assert.Equal("pending", await PaymentStatusAsync(request));

            var begun = new GatewaySweep(house.Services.GetRequiredService<IMerchantDirectory>(), house.Services.GetRequiredService<IMerchantScopes>(), new At(house.Now + Down), house.Services.GetRequiredService<IWorkSignal>());
            Assert.NotEqual(0, await begun.RunAsync(CancellationToken.None));
            Assert.Equal(0, await begun.RunAsync(CancellationToken.None));
            await house.LaterAsync(Down + TimeSpan.FromMinutes(1));

            Assert.Equal("paid", await PaymentStatusAsync(request));
            Assert.Equal(0, (await house.GetAsync($"/api/v1/invoices/{invoice.GetProperty("id").GetGuid()}")).GetProperty("openMinor").GetInt64());
        }
        finally
        {
            await house.Sandbox.DeleteAsync("/sandbox/faults");
        }
    }

    [Fact]
    public async Task Nothing_is_asked_where_the_house_was_only_begun_anew()
    {
        var (_, request) = await house.InvoiceAsync("SILENCE-2");

        var begun = new GatewaySweep(house.Services.GetRequiredService<IMerchantDirectory>(), house.Services.GetRequiredService<IMerchantScopes>(), new At(house.Now + TimeSpan.FromMinutes(1)), house.Services.GetRequiredService<IWorkSignal>());
        await begun.RunAsync(CancellationToken.None);

        await using var scope = house.Open();
        Assert.DoesNotContain(await scope.Records.ListAsync<Payments.Effects.Effect>(effect => effect.InvoiceId != null), effect => effect.Key.StartsWith($"sweep/{request.GetProperty("id").GetGuid():N}/", StringComparison.Ordinal));
    }

    private async Task PayAsync(JsonElement request, string method)
    {
        if (method == "card")
        {
            await house.PayByCardAsync(request);
            return;
        }

        (await house.Sandbox.PostAsJsonAsync("/sandbox/bank/transfers", new
        {
            iban = request.GetProperty("virtualIban").GetString(),
            amountMinor = request.GetProperty("amountMinor").GetInt64(),
            currency = "EUR",
            debtorName = "Zoé Lambert",
            debtorIban = "FR7630006000011234567890189",
            remittance = request.GetProperty("reference").GetString(),
        })).EnsureSuccessStatusCode();
    }

    private async Task<string> PaymentStatusAsync(JsonElement request) =>
        (await house.GetAsync($"/api/v1/payment-requests/{request.GetProperty("id").GetGuid()}")).GetProperty("paymentStatus").GetString()!;

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
