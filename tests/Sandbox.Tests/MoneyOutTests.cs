using System.Net;
using System.Net.Http.Json;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class MoneyOutTests : SandboxTest
{
    private const string Wallet = "0192f0a1-0000-7000-8000-0000000000aa";

    [Fact]
    public async Task Card_money_can_be_sent_on_from_the_second_weekday_and_a_wallet_has_it_a_minute_later()
    {
        // A Monday: available on Wednesday.
        await Sandbox.MoveToAsync(new DateTimeOffset(2031, 7, 14, 12, 0, 0, TimeSpan.Zero));
        await OpenWalletAsync();
        await Sandbox.PayAsync(await Sandbox.CreateAsync());
        var early = await RunningSandbox.ErrorsAsync(await TransferAsync("1200", "p-1"), HttpStatusCode.BadRequest);
        Assert.Equal("only 0 is available", RunningSandbox.Text(early, "amount"));

        await Sandbox.MoveToAsync(new DateTimeOffset(2031, 7, 15, 22, 0, 1, TimeSpan.Zero));
        var ordered = await RunningSandbox.JsonAsync(await TransferAsync("1200", "p-1"));
        Assert.Equal("PENDING", RunningSandbox.Text(ordered, "transferStatus"));
        await Sandbox.MoveByAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("EXECUTED", RunningSandbox.Text(await Sandbox.GetAsync($"transfer/{RunningSandbox.Text(ordered, "transferId")}"), "transferStatus"));
        Assert.Single((await Sandbox.GetAsync("transfer?merchantTransferId=p-1")).AsArray());
    }

    [Fact]
    public async Task The_same_key_orders_once_and_nothing_goes_out_beyond_what_is_there()
    {
        await OpenWalletAsync();
        var request = await Sandbox.CreateAsync();
        (await Sandbox.TransferAsync(request, 10_000)).EnsureSuccessStatusCode();

        var first = await RunningSandbox.JsonAsync(await TransferAsync("6000", "p-1", "key-1"));
        var again = await RunningSandbox.JsonAsync(await TransferAsync("6000", "p-1", "key-1"));
        Assert.Equal(RunningSandbox.Text(first, "transferId"), RunningSandbox.Text(again, "transferId"));
        await RunningSandbox.ErrorsAsync(await TransferAsync("4001", "p-2"), HttpStatusCode.BadRequest);
        await RunningSandbox.JsonAsync(await TransferAsync("4000", "p-3"));
    }

    [Fact]
    public async Task A_blocked_wallet_refuses_and_the_money_is_there_again()
    {
        await OpenWalletAsync(blocked: true);
        (await Sandbox.TransferAsync(await Sandbox.CreateAsync(), 10_000)).EnsureSuccessStatusCode();

        var ordered = await RunningSandbox.JsonAsync(await TransferAsync("10000", "p-1"));
        await Sandbox.MoveByAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("REFUSED", RunningSandbox.Text(await Sandbox.GetAsync($"transfer/{RunningSandbox.Text(ordered, "transferId")}"), "transferStatus"));
        await OpenWalletAsync();
        await RunningSandbox.JsonAsync(await TransferAsync("10000", "p-2"));
    }

    [Fact]
    public async Task A_bank_account_is_paid_in_the_morning_run_and_wrong_details_are_refused_by_field()
    {
        await Sandbox.MoveToAsync(new DateTimeOffset(2031, 7, 14, 12, 0, 0, TimeSpan.Zero));
        (await Sandbox.TransferAsync(await Sandbox.CreateAsync(), 10_000)).EnsureSuccessStatusCode();
        var errors = await RunningSandbox.ErrorsAsync(await Sandbox.PostAsync("payout", [new("amount", "100"), new("currency", "USD"), new("iban", "FR00")]), HttpStatusCode.BadRequest);
        Assert.Equal(["currency", "holderName", "iban"], errors.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
        await RunningSandbox.ErrorsAsync(await TransferAsync("100", "p-1"), HttpStatusCode.BadRequest);

        var ordered = await RunningSandbox.JsonAsync(await Sandbox.PostAsync(
            "payout", [new("amount", "2500"), new("currency", "EUR"), new("iban", "FR14 2004 1010 0505 0001 3M02 606"), new("holderName", "Atelier"), new("merchantPayoutId", "p-9")]));
        await Sandbox.MoveToAsync(new DateTimeOffset(2031, 7, 15, 4, 0, 1, TimeSpan.Zero));
        Assert.Equal("EXECUTED", RunningSandbox.Text(await Sandbox.GetAsync($"payout/{RunningSandbox.Text(ordered, "payoutId")}"), "payoutStatus"));
    }

    private Task<HttpResponseMessage> TransferAsync(string amount, string reference, string? key = null) => Sandbox.PostAsync(
        "transfer", [new("amount", amount), new("currency", "EUR"), new("destinationWalletId", Wallet), new("merchantTransferId", reference)], key);

    private async Task OpenWalletAsync(bool blocked = false) =>
        (await Sandbox.Http.PutAsJsonAsync($"/sandbox/wallets/{Wallet}", new { name = "Affilié SARL", blocked })).EnsureSuccessStatusCode();
}
