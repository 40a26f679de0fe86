using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Sandbox.Bank;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class PayingByTransferTests : SandboxTest
{
    [Fact]
    public void Every_request_has_a_french_iban_of_its_own_with_a_correct_check_and_rib_key()
    {
        var ibans = Enumerable.Range(1, 3).SelectMany(account => Enumerable.Range(1, 1000).Select(request => VirtualIban.For(account, request))).ToList();
        Assert.Equal(ibans.Count, ibans.Distinct().Count());
        Assert.All(ibans, iban =>
        {
            Assert.Equal(27, iban.Length);
            Assert.Equal(BigInteger.One, BigInteger.Parse(iban[4..] + "1527" + iban[2..4], CultureInfo.InvariantCulture) % 97);
            // A RIB with its key is a multiple of 97.
            Assert.Equal(BigInteger.Zero, BigInteger.Parse(iban[4..], CultureInfo.InvariantCulture) % 97);
        });
    }

    [Fact]
    public void The_reference_of_a_request_passes_the_check_of_iso_11649()
    {
        Assert.All(Enumerable.Range(1, 500).Select(number => SepaReference.For(number)), reference =>
        {
            var turned = string.Concat((reference[4..] + reference[..4]).Select(c => char.IsDigit(c) ? c.ToString() : (c - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(BigInteger.One, BigInteger.Parse(turned, CultureInfo.InvariantCulture) % 97);
        });
    }

    [Fact]
    public async Task A_request_without_transfers_has_no_iban()
    {
        var request = await Sandbox.CreateAsync(("paymentMethod[]", "TRANSACTION"));
        Assert.Null(request["virtualIban"]);
        Assert.Null(request["sepaReference"]);
    }

    [Fact]
    public async Task A_transfer_of_the_whole_amount_pays_the_request()
    {
        var request = await Sandbox.CreateAsync();
        var transfer = await RunningSandbox.JsonAsync(await Sandbox.TransferAsync(request, 12000));
        Assert.Equal("RECEIVED", RunningSandbox.Text(transfer, "sctTransactionStatus"));
        Assert.Equal("FR1420041010050500013M02606", RunningSandbox.Text(transfer, "debtorIban"));
        var seen = await Sandbox.GetAsync($"sctTransaction/{RunningSandbox.Text(transfer, "sctTransactionId")}");
        Assert.Equal(transfer.ToJsonString(), seen.ToJsonString());
        await ExpectAsync(request, "CLOSED", "PAID");
    }

    [Fact]
    public async Task Two_halves_make_the_request_partly_then_wholly_paid()
    {
        var request = await Sandbox.CreateAsync();
        await Sandbox.TransferAsync(request, 6000);
        await ExpectAsync(request, "ACTIVE", "PARTIAL");
        await Sandbox.TransferAsync(request, 6000);
        await ExpectAsync(request, "CLOSED", "PAID");
    }

    [Fact]
    public async Task A_second_transfer_on_a_closed_request_still_arrives_and_is_reported()
    {
        var request = await Sandbox.CreateAsync();
        await Sandbox.TransferAsync(request, 12000);
        await Sandbox.TransferAsync(request, 12000);
        var paid = await ExpectAsync(request, "CLOSED", "PAID");
        Assert.Equal(2, paid["breakdowns"]![0]!["payments"]!.AsArray().Count);
        Assert.Equal(2, (await Sandbox.InsideAsync("webhooks")).AsArray().Count(webhook => RunningSandbox.Text(webhook!, "type") == "SCTTRANSACTION_RECEIVED"));
    }

    [Fact]
    public async Task A_transfer_after_the_deadline_makes_an_unpaid_request_paid()
    {
        var request = await Sandbox.CreateAsync(("deadline", RunningSandbox.Instant(await Sandbox.NowAsync() + TimeSpan.FromDays(1))));
        await Sandbox.MoveByAsync(TimeSpan.FromDays(2));
        await ExpectAsync(request, "CLOSED", "UNPAID");
        await Sandbox.TransferAsync(request, 12000);
        await ExpectAsync(request, "CLOSED", "PAID");
    }

    [Fact]
    public async Task A_transfer_settles_participants_in_order_and_the_surplus_stays_with_the_first()
    {
        var request = await Sandbox.CreateAsync(("breakdown[]", "{amount:7000}"), ("breakdown[]", "{amount:5000}"));
        await Sandbox.TransferAsync(request, 13000);
        var paid = await ExpectAsync(request, "CLOSED", "PAID");
        Assert.Equal([8000L, 5000L], paid["breakdowns"]!.AsArray().Select(breakdown => breakdown!["payments"]!.AsArray().Sum(p => p!["amount"]!.GetValue<long>())));
    }

    [Fact]
    public async Task A_transfer_to_an_iban_without_a_request_is_404_and_says_whose_it_would_be()
    {
        var ours = await Sandbox.TransferAsync(new JsonObject(), 100, VirtualIban.For(1, 999));
        Assert.Equal(HttpStatusCode.NotFound, ours.StatusCode);
        Assert.Contains("'atelier'", await ours.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var foreign = await Sandbox.TransferAsync(new JsonObject(), 100, "FR1420041010050500013M02606");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Theory]
    [InlineData("FR7699999000013819660112798", 100, "iban")]
    [InlineData(null, 0, "amountMinor")]
    [InlineData(null, -100, "amountMinor")]
    public async Task A_wrong_transfer_is_refused_by_the_bank_naming_the_field(string? iban, long amountMinor, string field)
    {
        var answer = await Sandbox.TransferAsync(await Sandbox.CreateAsync(), amountMinor, iban);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(field + ":", JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_makes_a_transfer_on_the_home_page()
    {
        var request = await Sandbox.CreateAsync();
        var answer = await Sandbox.Http.PostAsync("/", new FormUrlEncodedContent(
        [
            new("iban", RunningSandbox.Text(request, "virtualIban")), new("amount", "120,00"), new("debtorName", "Dupont SARL"),
            new("debtorIban", "FR14 2004 1010 0505 0001 3M02 606"), new("remittance", "merci"),
        ]));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await ExpectAsync(request, "CLOSED", "PAID");
        var home = await Sandbox.Http.GetStringAsync("/");
        Assert.Contains("Dupont SARL", home, StringComparison.Ordinal);
        Assert.Contains("SCTTRANSACTION_RECEIVED", home, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Effects_are_counted_for_each_account()
    {
        await Sandbox.OpenAccountAsync("rival");
        var request = await Sandbox.CreateAsync();
        await Sandbox.TransferAsync(request, 500);
        await Sandbox.PayAsync(request);
        var effects = (await Sandbox.InsideAsync("effects")).AsArray();
        Assert.Equal(
            """{"login":"atelier","paymentRequests":1,"transactions":1,"transfers":1,"refunds":0,"mandates":0,"directDebits":0,"webhooks":4}""", effects[0]!.ToJsonString());
        Assert.Equal(0, effects[1]!["paymentRequests"]!.GetValue<int>());
    }

    private async Task<JsonNode> ExpectAsync(JsonNode request, string life, string money)
    {
        var now = await Sandbox.GetAsync($"paymentRequest/{RunningSandbox.Text(request, "paymentRequestId")}");
        Assert.Equal((life, money), (RunningSandbox.Text(now, "paymentRequestStatus"), RunningSandbox.Text(now, "paymentStatus")));
        return now;
    }
}
