using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Sandbox.Debits;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class DirectDebitTests : SandboxTest
{
    private const string PayingIban = "FR14 2004 1010 0505 0001 3M02 606";
    private const string Wallet = "0192f0a1-0000-7000-8000-0000000000aa";
    private const string FailsTwice = "FR7630003000300000000000178";
    private const string ReturnsLater = "DE89370400440532013000";

    private Receiver Receiver { get; set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Receiver = await Receiver.StartAsync();
        await Sandbox.OpenAccountAsync("atelier", Receiver.Address);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_mandate_is_signed_by_the_one_time_code_and_told()
    {
        var mandate = await NewMandateAsync();
        Assert.Equal("PENDING", RunningSandbox.Text(mandate, "mandateStatus"));
        Assert.Contains("Mandat de prélèvement", await Sandbox.Http.GetStringAsync(RunningSandbox.Text(mandate, "endpoint")), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await GiveAccountAsync(mandate, "FR14 2004 1010 0505 0001 3M02 607")).StatusCode);
        Assert.Contains("one-time-code", await (await GiveAccountAsync(mandate, PayingIban)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await CodeAsync(mandate, "000000")).StatusCode);
        var signed = await CodeAsync(mandate, "123456");
        await Sandbox.DrainAsync();

        Assert.Equal(HttpStatusCode.SeeOther, signed.StatusCode);
        Assert.Equal("https://merchant.test/back", signed.Headers.Location!.ToString());
        var after = await Sandbox.GetAsync($"mandate/{RunningSandbox.Text(mandate, "mandateId")}");
        Assert.Equal(("ACTIVE", "FR1420041010050500013M02606"), (RunningSandbox.Text(after, "mandateStatus"), RunningSandbox.Text(after, "debtorIban")));
        Assert.Equal("MANDATE_SIGNED", Assert.Single(Receiver.All).Type);
    }

    [Fact]
    public async Task Three_wrong_codes_begin_the_signature_again()
    {
        var mandate = await NewMandateAsync();
        await GiveAccountAsync(mandate, PayingIban);
        for (var time = 0; time < MandatePage.MostWrongCodes; time++) await CodeAsync(mandate, "999999");

        await CodeAsync(mandate, MandatePage.RightCode);

        Assert.Equal("PENDING", RunningSandbox.Text(await Sandbox.GetAsync($"mandate/{RunningSandbox.Text(mandate, "mandateId")}"), "mandateStatus"));
    }

    [Fact]
    public async Task A_debit_is_paid_at_ten_on_its_day()
    {
        var mandate = await SignedAsync(PayingIban);
        var debit = await RunningSandbox.JsonAsync(await DebitAsync(mandate));

        await Sandbox.MoveToAsync(At(Day(debit), 9, 59));
        Assert.Equal("PENDING", await StatusAsync(debit));
        await Sandbox.MoveToAsync(At(Day(debit), 10, 0));

        Assert.Equal("CLEARED", await StatusAsync(debit));
        Assert.Equal("SDDTRANSACTION_CLEARED", Receiver.All[^1].Type);
    }

    [Fact]
    public async Task An_account_may_fail_twice_and_then_pay()
    {
        var mandate = await SignedAsync(FailsTwice);
        var told = new List<(string Status, string? Reason)>();
        for (var time = 1; time <= 4; time++)
        {
            var debit = await RunningSandbox.JsonAsync(await DebitAsync(mandate, $"D-{time}"));
            await Sandbox.MoveToAsync(At(Day(debit), 12, 0));
            var after = await ReadAsync(debit);
            told.Add((RunningSandbox.Text(after, "sddTransactionStatus"), after["reasonCode"]?.GetValue<string>()));
        }

        Assert.Equal([("REJECTED", "AM04"), ("REJECTED", "AM04"), ("CLEARED", null), ("CLEARED", null)], told);
    }

    [Fact]
    public async Task A_debit_may_be_taken_back_two_bank_days_after_it_was_paid()
    {
        var mandate = await SignedAsync(ReturnsLater);
        var debit = await RunningSandbox.JsonAsync(await DebitAsync(mandate));
        await Sandbox.MoveToAsync(At(Day(debit), 12, 0));
        Assert.Equal("CLEARED", await StatusAsync(debit));

        await Sandbox.MoveToAsync(At(TargetDays.Add(Day(debit), DebitRun.ReturnAfterDays), 12, 0));

        Assert.Equal("RETURNED", await StatusAsync(debit));
        Assert.Equal("MD06", RunningSandbox.Text(await ReadAsync(debit), "reasonCode"));
        Assert.Equal(["SDDTRANSACTION_CLEARED", "SDDTRANSACTION_RETURNED"], Receiver.All.Select(webhook => webhook.Type).TakeLast(2));
    }

    [Fact]
    public async Task A_cleared_debit_can_be_sent_on_from_the_second_weekday_and_a_returned_one_never()
    {
        (await Sandbox.Http.PutAsJsonAsync($"/sandbox/wallets/{Wallet}", new { name = "Affilié SARL", blocked = false })).EnsureSuccessStatusCode();
        var paid = await RunningSandbox.JsonAsync(await DebitAsync(await SignedAsync(PayingIban)));
        await Sandbox.MoveToAsync(At(Day(paid), 12, 0));
        await RunningSandbox.ErrorsAsync(await SendOnAsync("1200"), HttpStatusCode.BadRequest);

        await Sandbox.MoveToAsync(At(TargetDays.Add(Day(paid), 2), 12, 0));
        await RunningSandbox.JsonAsync(await SendOnAsync("12000"));

        var returned = await RunningSandbox.JsonAsync(await DebitAsync(await SignedAsync(ReturnsLater, "RUM-2"), "D-2"));
        await Sandbox.MoveToAsync(At(TargetDays.Add(Day(returned), DebitRun.ReturnAfterDays), 12, 0));
        await RunningSandbox.ErrorsAsync(await SendOnAsync("1200"), HttpStatusCode.BadRequest);

        Task<HttpResponseMessage> SendOnAsync(string amount) => Sandbox.PostAsync(
            "transfer", [new("amount", amount), new("currency", "EUR"), new("destinationWalletId", Wallet), new("merchantTransferId", $"T-{amount}")]);
    }

    [Fact]
    public async Task What_the_debtors_bank_does_can_be_set_and_a_wrong_plan_is_refused()
    {
        var mandate = await SignedAsync(PayingIban);
        var address = $"/sandbox/mandates/{RunningSandbox.Text(mandate, "mandateId")}/plan";
        Assert.Equal(HttpStatusCode.BadRequest, (await Sandbox.Http.PutAsJsonAsync(address, new { plan = "MAYBE" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Sandbox.Http.PutAsJsonAsync(address, new { plan = "md01" })).StatusCode);

        var debit = await RunningSandbox.JsonAsync(await DebitAsync(mandate));
        await Sandbox.MoveToAsync(At(Day(debit), 8, 0));

        Assert.Equal(("REJECTED", "MD01"), (await StatusAsync(debit), RunningSandbox.Text(await ReadAsync(debit), "reasonCode")));
    }

    [Fact]
    public async Task A_debit_under_one_key_is_made_once_and_another_body_is_refused()
    {
        var mandate = await SignedAsync(PayingIban);
        var first = await RunningSandbox.JsonAsync(await DebitAsync(mandate, key: "k-1"));
        var second = await RunningSandbox.JsonAsync(await DebitAsync(mandate, key: "k-1"));

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        await RunningSandbox.ErrorsAsync(await DebitAsync(mandate, "D-2", key: "k-1"), HttpStatusCode.BadRequest);
        Assert.Equal(1, (await Sandbox.InsideAsync("effects"))[0]!["directDebits"]!.GetValue<int>());
        Assert.Single((await Sandbox.GetAsync("sddTransaction?merchantSddTransactionId=D-1")).AsArray());
    }

    [Fact]
    public async Task A_debit_needs_an_active_mandate_a_target_day_and_euro()
    {
        var pending = await NewMandateAsync();
        var errors = await RunningSandbox.ErrorsAsync(await DebitAsync(pending), HttpStatusCode.BadRequest);
        Assert.Contains("PENDING", RunningSandbox.Text(errors, "mandateId"), StringComparison.Ordinal);

        var wrong = await RunningSandbox.ErrorsAsync(
            await Sandbox.PostAsync("sddTransaction", [new("mandateId", RunningSandbox.Text(pending, "mandateId")), new("amount", "0"), new("currency", "USD"), new("requestedCollectionDate", "2099-12-25")]), HttpStatusCode.BadRequest);
        Assert.Equal(["amount", "currency", "requestedCollectionDate"], wrong.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_reference_is_used_once_and_another_account_sees_nothing()
    {
        var mandate = await NewMandateAsync();
        Assert.NotNull((await RunningSandbox.ErrorsAsync(await PostMandateAsync(), HttpStatusCode.BadRequest))["rum"]);
        Assert.NotNull((await RunningSandbox.ErrorsAsync(await PostMandateAsync(new string('x', 36)), HttpStatusCode.BadRequest))["rum"]);
        await Sandbox.OpenAccountAsync("autre");
        await RunningSandbox.ErrorsAsync(await Sandbox.Api("autre").GetAsync($"mandate/{RunningSandbox.Text(mandate, "mandateId")}"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_home_page_shows_mandates_and_debits_and_sets_the_plan()
    {
        var mandate = await SignedAsync(PayingIban);
        await DebitAsync(mandate);
        var set = await Sandbox.Http.PostAsync($"/sandbox/mandates/{RunningSandbox.Text(mandate, "mandateId")}/plan", new FormUrlEncodedContent([new("plan", "AM04, PAID>MD06")]));

        Assert.Equal(HttpStatusCode.SeeOther, set.StatusCode);
        var home = WebUtility.HtmlDecode(await Sandbox.Http.GetStringAsync("/"));
        Assert.Contains("AM04 PAID>MD06", home, StringComparison.Ordinal);
        Assert.Contains("RUM-1", home, StringComparison.Ordinal);
        Assert.Contains("Facture F-1", home, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-24", 1, "2026-12-28")]
    [InlineData("2027-03-25", 1, "2027-03-30")]
    [InlineData("2026-11-28", 0, "2026-11-30")]
    public void Bank_days_are_those_of_target(string from, int days, string expected) =>
        Assert.Equal(DateOnly.Parse(expected, CultureInfo.InvariantCulture), TargetDays.Add(DateOnly.Parse(from, CultureInfo.InvariantCulture), days));

    private Task<HttpResponseMessage> PostMandateAsync(string rum = "RUM-1") => Sandbox.PostAsync(
        "mandate", [new("rum", rum), new("scheme", "CORE"), new("merchantMandateId", "M-1"), new("endUserLanguage", "fr"), new("redirectUrl", "https://merchant.test/back")]);

    private async Task<JsonNode> NewMandateAsync(string rum = "RUM-1") => await RunningSandbox.JsonAsync(await PostMandateAsync(rum));

    private async Task<JsonNode> SignedAsync(string iban, string rum = "RUM-1")
    {
        var mandate = await NewMandateAsync(rum);
        await GiveAccountAsync(mandate, iban);
        Assert.Equal(HttpStatusCode.SeeOther, (await CodeAsync(mandate, MandatePage.RightCode)).StatusCode);
        return mandate;
    }

    private Task<HttpResponseMessage> GiveAccountAsync(JsonNode mandate, string iban) =>
        Sandbox.Http.PostAsync(RunningSandbox.Text(mandate, "endpoint"), new FormUrlEncodedContent([new("holder", "Marie Dupont"), new("iban", iban)]));

    private Task<HttpResponseMessage> CodeAsync(JsonNode mandate, string code) =>
        Sandbox.Http.PostAsync(RunningSandbox.Text(mandate, "endpoint") + "/code", new FormUrlEncodedContent([new("code", code)]));

    private async Task<HttpResponseMessage> DebitAsync(JsonNode mandate, string reference = "D-1", string? key = null)
    {
        var day = TargetDays.Add(TargetDays.Add(TargetDays.Today(await Sandbox.NowAsync()), 0), 1);
        return await Sandbox.PostAsync(
            "sddTransaction",
            [
                new("merchantSddTransactionId", reference), new("mandateId", RunningSandbox.Text(mandate, "mandateId")), new("amount", "12000"), new("currency", "EUR"),
                new("requestedCollectionDate", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), new("description", "Facture F-1"),
            ],
            key);
    }

    private Task<JsonNode> ReadAsync(JsonNode debit) => Sandbox.GetAsync($"sddTransaction/{RunningSandbox.Text(debit, "sddTransactionId")}");

    private async Task<string> StatusAsync(JsonNode debit) => RunningSandbox.Text(await ReadAsync(debit), "sddTransactionStatus");

    private static DateOnly Day(JsonNode debit) => DateOnly.Parse(RunningSandbox.Text(debit, "requestedCollectionDate"), CultureInfo.InvariantCulture);

    private static DateTimeOffset At(DateOnly day, int hour, int minute)
    {
        var local = day.ToDateTime(new TimeOnly(hour, minute));
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris").GetUtcOffset(local));
    }
}
