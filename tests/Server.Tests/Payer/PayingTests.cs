using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Payer;

[Collection(HouseCollection.Name)]
public sealed class PayingTests(House house)
{
    [Fact]
    public async Task A_card_payment_closes_the_invoice_and_the_page_says_thank_you()
    {
        var (invoice, request) = await house.InvoiceAsync("PAY-1");
        var link = request.GetProperty("link").GetString()!;
        var page = await house.Nobody.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains($"form-action 'self' {house.SandboxAddress}", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.InRange((await page.Content.ReadAsByteArrayAsync()).Length, 1000, 60_000);

        var toCard = await house.Nobody.PostAsync($"{link}/card", null);
        Assert.Equal(HttpStatusCode.SeeOther, toCard.StatusCode);
        Assert.StartsWith(house.SandboxAddress, toCard.Headers.Location!.ToString(), StringComparison.Ordinal);

        await house.PayByCardAsync(request);
        await house.TellWebhooksAsync();
        await house.SettleAsync();

        var paid = await house.GetAsync($"/api/v1/invoices/{invoice.GetProperty("id").GetGuid()}");
        Assert.Equal("paid", paid.GetProperty("status").GetString());
        Assert.Equal(0, paid.GetProperty("openMinor").GetInt64());
        Assert.Contains("Merci", WebUtility.HtmlDecode(await house.Nobody.GetStringAsync(link)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payer_who_comes_back_sees_that_we_are_checking_and_the_gateway_is_asked()
    {
        var (invoice, request) = await house.InvoiceAsync("PAY-2");
        var link = request.GetProperty("link").GetString()!;
        await house.Sandbox.PostAsJsonAsync("/sandbox/faults", new { fault = "WebhookHold", times = 1000 });
        try
        {
            await house.PayByCardAsync(request);
            var back = await house.Nobody.GetAsync($"{link}/return");
            Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode);
            await house.SettleAsync();
            var paid = await house.GetAsync($"/api/v1/invoices/{invoice.GetProperty("id").GetGuid()}");
            Assert.Equal("paid", paid.GetProperty("status").GetString());
        }
        finally
        {
            await house.Sandbox.DeleteAsync("/sandbox/faults");
        }
    }

    [Fact]
    public async Task A_payer_who_comes_back_while_the_request_is_changed_by_somebody_else_is_led_to_the_page_all_the_same()
    {
        for (var time = 1; time <= 5; time++)
        {
            var (_, request) = await house.InvoiceAsync($"PAY-AGAIN-{time}");
            var link = request.GetProperty("link").GetString()!;

            // A browser that is pressed twice, and each of them changes the request that the others have read.
            var backs = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => house.Nobody.GetAsync($"{link}/return")));

            Assert.All(backs, back => Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode));
        }
    }

    [Fact]
    public async Task Half_by_transfer_leaves_the_rest_on_the_page()
    {
        var (invoice, request) = await house.InvoiceAsync("PAY-3", 10000);
        var transfer = await house.Sandbox.PostAsJsonAsync("/sandbox/bank/transfers", new
        {
            iban = request.GetProperty("virtualIban").GetString(),
            amountMinor = 4000,
            currency = "EUR",
            debtorName = "Zoé Lambert",
            debtorIban = "FR7630006000011234567890189",
            remittance = request.GetProperty("reference").GetString(),
        });
        Assert.Equal(HttpStatusCode.Created, transfer.StatusCode);
        await house.TellWebhooksAsync();
        await house.SettleAsync();
        var partly = await house.GetAsync($"/api/v1/invoices/{invoice.GetProperty("id").GetGuid()}");
        Assert.Equal("partly_paid", partly.GetProperty("status").GetString());
        Assert.Equal(6000, partly.GetProperty("openMinor").GetInt64());
        Assert.Contains("60,00", WebUtility.HtmlDecode(await house.Nobody.GetStringAsync(request.GetProperty("link").GetString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9000, "90,00")]
    [InlineData(15000, "150,00")]
    public async Task After_a_correction_the_old_link_leads_to_a_page_that_shows_and_takes_what_is_owed_now(long corrected, string shown)
    {
        var number = $"PAY-CORRECTED-{corrected}";
        var (invoice, request) = await house.InvoiceAsync(number);
        var link = request.GetProperty("link").GetString()!;
        var today = DateOnly.FromDateTime(house.Now.UtcDateTime);
        var answer = await house.Api.PostAsJsonAsync("/api/v1/invoices", new
        {
            number,
            customerNumber = $"C-{number}",
            customerName = "Zoé Lambert",
            customerEmail = "payer@example.test",
            issueDate = today,
            dueDate = today.AddDays(10),
            amountMinor = corrected,
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await house.SettleAsync();

        var led = await house.Nobody.GetAsync(link);
        Assert.Equal(HttpStatusCode.SeeOther, led.StatusCode);
        Assert.Contains(shown, WebUtility.HtmlDecode(await house.Nobody.GetStringAsync(led.Headers.Location)), StringComparison.Ordinal);
        var there = await house.Sandbox.GetFromJsonAsync<JsonElement>($"/sandbox/requests?merchantPaymentRequestId={request.GetProperty("id").GetGuid()}");
        Assert.Equal("CANCELED", there[0].GetProperty("paymentRequestStatus").GetString());

        var requests = (await house.GetAsync($"/api/v1/payment-requests?invoiceId={invoice.GetProperty("id").GetGuid()}&status=active")).GetProperty("data");
        await house.PayByCardAsync(Assert.Single(requests.EnumerateArray()));
        await house.TellWebhooksAsync();
        await house.SettleAsync();

        var paid = await house.GetAsync($"/api/v1/invoices/{invoice.GetProperty("id").GetGuid()}");
        Assert.Equal(("paid", 0), (paid.GetProperty("status").GetString(), paid.GetProperty("openMinor").GetInt64()));
        var payment = Assert.Single((await house.GetAsync($"/api/v1/payments?invoiceId={invoice.GetProperty("id").GetGuid()}")).GetProperty("data").EnumerateArray());
        Assert.Equal(corrected, payment.GetProperty("amountMinor").GetInt64());
    }

    [Fact]
    public async Task An_unknown_link_looks_like_any_other_unknown_link()
    {
        var wellFormed = await house.Nobody.GetAsync("/pay/abcdefghijklmnopqrstuv");
        var malformed = await house.Nobody.GetAsync("/pay/x");
        Assert.Equal(HttpStatusCode.NotFound, wellFormed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, malformed.StatusCode);
    }

    [Fact]
    public async Task A_cancelled_request_offers_no_way_to_pay()
    {
        var (_, request) = await house.InvoiceAsync("PAY-4");
        var cancelled = await house.Api.PostAsync($"/api/v1/payment-requests/{request.GetProperty("id").GetGuid()}/cancel", null);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        var page = await house.Nobody.GetStringAsync(request.GetProperty("link").GetString());
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        await house.SettleAsync();
        var there = await house.Sandbox.GetFromJsonAsync<JsonElement>($"/sandbox/requests?merchantPaymentRequestId={request.GetProperty("id").GetGuid()}");
        Assert.Equal("CANCELED", there[0].GetProperty("paymentRequestStatus").GetString());
    }
}
