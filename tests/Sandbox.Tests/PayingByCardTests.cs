using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed partial class PayingByCardTests : SandboxTest
{
    private const string ChallengeCard = "4916994064252017";
    private const string RefusedCard = "4556104160382032";

    [Theory]
    [InlineData("4556557955726624", "VISA")]
    [InlineData("5333 2591 5564 3223", "MASTERCARD")]
    [InlineData("341502098634895", "AMEX")]
    public async Task An_accepted_card_closes_the_request_as_paid(string number, string brand)
    {
        var request = await Sandbox.CreateAsync();
        var answer = await Sandbox.PayAsync(request, number);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var paid = await ReadAsync(request);
        Assert.Equal(("CLOSED", "PAID"), (RunningSandbox.Text(paid, "paymentRequestStatus"), RunningSandbox.Text(paid, "paymentStatus")));
        var breakdown = paid["breakdowns"]![0]!;
        Assert.True(breakdown["paid"]!.GetValue<bool>());
        var payment = Assert.Single(breakdown["payments"]!.AsArray())!;
        Assert.Equal("TRANSACTION", RunningSandbox.Text(payment, "paymentMethod"));
        var transaction = await Sandbox.GetAsync($"transaction/{RunningSandbox.Text(payment, "uuid")}");
        Assert.Equal("CAPTURED", RunningSandbox.Text(transaction, "transactionStatus"));
        Assert.Equal(brand, RunningSandbox.Text(transaction["card"]!, "commercialBrand"));
        Assert.Equal(transaction.ToJsonString(), paid["transaction"]!.ToJsonString());
    }

    [Fact]
    public async Task A_refused_card_is_402_and_the_payer_may_try_another()
    {
        var request = await Sandbox.CreateAsync();
        var refused = await Sandbox.PayAsync(request, RefusedCard);
        Assert.Equal(HttpStatusCode.PaymentRequired, refused.StatusCode);
        Assert.Contains("Your bank refused this payment", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var after = await ReadAsync(request);
        Assert.Equal("PENDING", RunningSandbox.Text(after, "paymentStatus"));
        Assert.True(after["breakdowns"]![0]!["paymentAttempted"]!.GetValue<bool>());
        Assert.Null(after["transaction"]);

        await Sandbox.PayAsync(request);
        Assert.Equal("PAID", RunningSandbox.Text(await ReadAsync(request), "paymentStatus"));
    }

    [Fact]
    public async Task A_card_with_3d_secure_pays_after_the_code()
    {
        var request = await Sandbox.CreateAsync();
        var challenge = (await Sandbox.PayAsync(request, ChallengeCard)).Headers.Location!.ToString();
        Assert.Contains("one-time-code", await Sandbox.Http.GetStringAsync(challenge), StringComparison.Ordinal);
        Assert.Equal("PENDING", RunningSandbox.Text(await ReadAsync(request), "paymentStatus"));

        Assert.Equal(HttpStatusCode.BadRequest, (await AnswerAsync(challenge, "000000")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await AnswerAsync(challenge, "123456")).StatusCode);
        var paid = await ReadAsync(request);
        Assert.Equal("PAID", RunningSandbox.Text(paid, "paymentStatus"));
        Assert.True(paid["transaction"]!["threeDSecure"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Three_wrong_codes_fail_the_payment_and_the_code_is_then_of_no_use()
    {
        var request = await Sandbox.CreateAsync();
        var challenge = (await Sandbox.PayAsync(request, ChallengeCard)).Headers.Location!.ToString();
        for (var attempt = 0; attempt < 3; attempt++) await AnswerAsync(challenge, "000000");
        Assert.Equal(HttpStatusCode.PaymentRequired, (await AnswerAsync(challenge, "123456")).StatusCode);
        Assert.Equal("PENDING", RunningSandbox.Text(await ReadAsync(request), "paymentStatus"));
        var failure = JsonNode.Parse(RunningSandbox.Text((await Sandbox.InsideAsync("webhooks"))[0]!, "body"))!;
        Assert.Equal("TRANSACTION_FAILED", RunningSandbox.Text(failure, "type"));
        Assert.Equal("THREEDS_AUTH_FAILURE", RunningSandbox.Text(failure["object"]!, "transactionStatus"));
    }

    [Fact]
    public async Task The_page_refuses_a_second_card_payment_once_the_request_is_closed()
    {
        var request = await Sandbox.CreateAsync();
        await Sandbox.PayAsync(request);
        var again = await Sandbox.PayAsync(request, "5333259155643223");
        Assert.Contains("Nothing is left to pay", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single((await ReadAsync(request))["breakdowns"]![0]!["payments"]!.AsArray());
    }

    [Fact]
    public async Task Two_tabs_that_both_reached_the_banks_page_pay_twice()
    {
        var request = await Sandbox.CreateAsync();
        var first = (await Sandbox.PayAsync(request, ChallengeCard)).Headers.Location!.ToString();
        var second = (await Sandbox.PayAsync(request, ChallengeCard)).Headers.Location!.ToString();
        await AnswerAsync(first, "123456");
        await AnswerAsync(second, "123456");
        var paid = await ReadAsync(request);
        Assert.Equal(("CLOSED", "PAID"), (RunningSandbox.Text(paid, "paymentRequestStatus"), RunningSandbox.Text(paid, "paymentStatus")));
        Assert.Equal(2, paid["breakdowns"]![0]!["payments"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_form_sent_twice_pays_once()
    {
        var request = await Sandbox.CreateAsync(("freeAmount", "1"));
        var attempt = Attempt().Match(await PageAsync(request)).Groups[1].Value;
        var first = await Sandbox.PayAsync(request, more: [("attempt", attempt), ("amount", "20")]);
        var second = await Sandbox.PayAsync(request, more: [("attempt", attempt), ("amount", "20")]);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Single((await ReadAsync(request))["breakdowns"]![0]!["payments"]!.AsArray());
    }

    [Fact]
    public async Task After_the_payment_the_browser_returns_to_the_merchant_with_three_facts()
    {
        var request = await Sandbox.CreateAsync(("redirectUrl", "https://shop.example/return?order=7"));
        var answer = await Sandbox.PayAsync(request);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(
            $"https://shop.example/return?order=7&pointOfSaleId={RunningSandbox.Text(request, "pointOfSaleId")}&merchantPaymentRequestId=F-2026-001&paymentStatus=PAID",
            answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Without_a_return_address_the_payer_sees_a_thank_you_page()
    {
        var answer = await Sandbox.PayAsync(await Sandbox.CreateAsync());
        Assert.Contains("We received your payment of <strong>€120.00</strong>", await Sandbox.Http.GetStringAsync(answer.Headers.Location), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("40,5", "PARTIAL", 4050)]
    [InlineData("120.00", "PAID", 12000)]
    public async Task With_a_free_amount_the_payer_chooses_how_much_to_pay(string typed, string status, long cents)
    {
        var request = await Sandbox.CreateAsync(("freeAmount", "1"));
        await Sandbox.PayAsync(request, more: [("amount", typed)]);
        var paid = await ReadAsync(request);
        Assert.Equal(status, RunningSandbox.Text(paid, "paymentStatus"));
        Assert.Equal(cents, paid["breakdowns"]![0]!["payments"]![0]!["amount"]!.GetValue<long>());
    }

    [Fact]
    public async Task Without_a_free_amount_the_whole_remainder_is_paid_whatever_the_form_says()
    {
        var request = await Sandbox.CreateAsync();
        await Sandbox.TransferAsync(request, 2000);
        Assert.Contains("€100.00", await PageAsync(request), StringComparison.Ordinal);
        await Sandbox.PayAsync(request, more: [("amount", "1")]);
        var paid = await ReadAsync(request);
        Assert.Equal("PAID", RunningSandbox.Text(paid, "paymentStatus"));
        Assert.Equal(10000, paid["breakdowns"]![0]!["payments"]![1]!["amount"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("number", "4556557955726625", "typing mistake")]
    [InlineData("number", "4111111111111111", "real cards are not taken")]
    [InlineData("expiry", "01/20", "a month and a year to come")]
    [InlineData("expiry", "13/40", "a month and a year to come")]
    [InlineData("cvc", "12", "3 digits")]
    [InlineData("holder", "", "name on the card")]
    [InlineData("holder", "4556557955726624", "name on the card")]
    public async Task A_mistake_in_the_form_is_named_and_nothing_is_attempted(string field, string value, string message)
    {
        var request = await Sandbox.CreateAsync();
        var answer = await Sandbox.PayAsync(request, more: [(field, value)]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.DoesNotContain(field == "holder" && value.Length > 0 ? value : "4556557955726624", page, StringComparison.Ordinal);
        Assert.False((await ReadAsync(request))["breakdowns"]![0]!["paymentAttempted"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("fr", "en", "Payer par carte")]
    [InlineData("FRA", "en", "Payer par carte")]
    [InlineData("en", "fr-FR", "Pay by card")]
    [InlineData(null, "fr-FR,fr;q=0.9", "Payer par carte")]
    [InlineData(null, "de", "Pay by card")]
    public async Task The_page_speaks_the_payers_language(string? payer, string browser, string heading)
    {
        var request = await Sandbox.CreateAsync(("endUserLanguage", payer));
        using var message = new HttpRequestMessage(HttpMethod.Get, Endpoint(request));
        message.Headers.Add("Accept-Language", browser);
        Assert.Contains(heading, await (await Sandbox.Http.SendAsync(message)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_the_page_is_counted()
    {
        var request = await Sandbox.CreateAsync();
        await PageAsync(request);
        await PageAsync(request);
        var breakdown = (await ReadAsync(request))["breakdowns"]![0]!;
        Assert.True(breakdown["entered"]!.GetValue<bool>());
        Assert.Equal(2, breakdown["view"]!.GetValue<int>());
        Assert.NotNull(breakdown["lastEnteringDate"]);
    }

    [Fact]
    public async Task The_page_allows_no_script_no_frame_and_leads_only_back_to_the_merchant()
    {
        var answer = await Sandbox.Http.GetAsync(Endpoint(await Sandbox.CreateAsync(("redirectUrl", "https://shop.example/return"), ("description", "<script>alert(1)</script>"))));
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' https://shop.example; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        // With "no-referrer" a browser would send our own forms without their origin, and they would be refused.
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_posted_from_another_site_is_refused()
    {
        var request = await Sandbox.CreateAsync();
        using var message = new HttpRequestMessage(HttpMethod.Post, Endpoint(request)) { Content = new FormUrlEncodedContent([new("number", "4556557955726624")]) };
        message.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await Sandbox.Http.SendAsync(message)).StatusCode);
    }

    [Fact]
    public async Task The_card_number_and_security_code_are_written_nowhere()
    {
        var request = await Sandbox.CreateAsync();
        await Sandbox.PayAsync(request, RefusedCard, more: [("cvc", "907"), ("holder", "CVC907")]);
        await Sandbox.PayAsync(request, ChallengeCard);
        await Sandbox.PayAsync(request);
        await Sandbox.StopAsync();
        var bytes = Directory.GetFiles(Path.GetDirectoryName(Sandbox.DatabasePath)!).SelectMany(File.ReadAllBytes).ToArray();
        foreach (var number in new[] { RefusedCard, ChallengeCard, "4556557955726624" })
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(number)));
        Assert.NotEqual(-1, bytes.AsSpan().IndexOf("CVC907"u8));
        await Sandbox.StartAgainAsync();
    }

    private Task<JsonNode> ReadAsync(JsonNode request) => Sandbox.GetAsync($"paymentRequest/{RunningSandbox.Text(request, "paymentRequestId")}");

    private Task<string> PageAsync(JsonNode request) => Sandbox.Http.GetStringAsync(Endpoint(request));

    private Task<HttpResponseMessage> AnswerAsync(string challenge, string code) => Sandbox.Http.PostAsync(challenge, new FormUrlEncodedContent([new("code", code)]));

    private static string Endpoint(JsonNode request) => RunningSandbox.Text(request["breakdowns"]![0]!, "endpoint");

    [GeneratedRegex("name=\"attempt\" value=\"([^\"]+)\"")]
    private static partial Regex Attempt();
}
