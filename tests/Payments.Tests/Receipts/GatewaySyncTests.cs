using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Tests.Receipts;

public sealed class GatewaySyncTests
{
    private readonly TestHouse house = new();

    [Fact]
    public async Task Asking_for_a_request_twice_under_one_key_asks_the_gateway_once()
    {
        var invoice = await house.InvoiceAsync();
        var ask = new OpenPaymentRequest { InvoiceId = invoice.Id, EffectKey = "case/step/1" };

        var first = await house.DoAsync<PaymentRequests, PaymentRequest>(requests => requests.OpenAsync(ask));
        var second = await house.DoAsync<PaymentRequests, PaymentRequest>(requests => requests.OpenAsync(ask));

        Assert.Equal(first.Id, second.Id);
        Assert.Single(house.Effects(EffectKinds.CreateGatewayRequest));
        Assert.True(CreditorReference.IsValid(first.Reference));
        Assert.Equal(first.Id, (await house.DoAsync<PaymentRequests, PaymentRequest?>(requests => requests.FindByLinkAsync(first.LinkToken)))!.Id);
    }

    [Fact]
    public async Task Nothing_is_asked_for_an_invoice_that_is_paid_or_after_the_deadline()
    {
        var invoice = await house.InvoiceAsync();
        var late = await Assert.ThrowsAsync<RuleViolationException>(() => house.RequestAsync(invoice, house.Now));
        Assert.Equal("deadline", late.Violations[0].Field);

        var request = await house.RequestAsync(invoice);
        await ApplyAsync(request, "CLOSED", "PAID", Card("tx-1", 10_000));
        var paid = await Assert.ThrowsAsync<RuleViolationException>(() => house.RequestAsync(invoice));
        Assert.Equal(RuleCodes.NothingOwed, paid.Violations[0].Code);
    }

    [Fact]
    public async Task The_gateways_answer_gives_a_request_its_page_and_its_account_number_once()
    {
        var request = await house.RequestAsync(await house.InvoiceAsync());

        await ApplyAsync(request, "ACTIVE", "PENDING");
        await ApplyAsync(request, "ACTIVE", "PENDING");

        var known = house.Get<PaymentRequest>(request.Id);
        Assert.Equal(("gw-1", "https://pay.example.test/gw-1", "FR1420041010050500013M02606"), (known.GatewayRequestId, known.GatewayEndpoint, known.VirtualIban));
        Assert.Single(house.Events, EventNames.RequestCreated);
    }

    [Fact]
    public async Task What_the_gateway_tells_again_changes_nothing()
    {
        var request = await house.RequestAsync(await house.InvoiceAsync());
        await ApplyAsync(request, "CLOSED", "PAID", Card("tx-1", 10_000));
        var events = house.Events.Count;

        await ApplyAsync(request, "CLOSED", "PAID", Card("tx-1", 10_000));

        Assert.Equal(events, house.Events.Count);
        Assert.True(house.BooksBalance());
    }

    [Fact]
    public async Task A_request_that_the_gateway_closed_as_paid_waits_for_the_transfer_that_is_told_on_its_own()
    {
        var request = await house.RequestAsync(await house.InvoiceAsync());

        await ApplyAsync(request, "CLOSED", "PAID");

        Assert.Equal(RequestStatus.Active, house.Get<PaymentRequest>(request.Id).RequestStatus);
    }

    [Theory]
    [InlineData("CLOSED", RequestStatus.Closed)]
    [InlineData("CANCELED", RequestStatus.Canceled)]
    public async Task A_request_that_ends_at_the_gateway_without_money_ends_here(string status, RequestStatus expected)
    {
        var request = await house.RequestAsync(await house.InvoiceAsync());

        await ApplyAsync(request, status, "UNPAID");

        Assert.Equal((expected, RequestPaymentStatus.Unpaid), (house.Get<PaymentRequest>(request.Id).RequestStatus, house.Get<PaymentRequest>(request.Id).PaymentStatus));
        Assert.Contains(EventNames.RequestClosed, house.Events);
    }

    [Fact]
    public async Task A_transfer_is_taken_in_once_and_held_as_unallocated()
    {
        var transfer = new GatewayTransfer { Id = "sct-1", Amount = TestHouse.Euros(5_000), BookedOn = new DateOnly(2026, 11, 3), CreditorIban = "FR14 2004 1010 0505 0001 3M02 606", Remittance = "carte 4556 5579 5572 6624", EndToEndId = "NOTPROVIDED" };

        await house.DoAsync<GatewaySync>(sync => sync.TakeInAsync(transfer));
        await house.DoAsync<GatewaySync>(sync => sync.TakeInAsync(transfer));

        var taken = Assert.Single(house.All<IncomingTransfer>());
        Assert.Equal(("FR1420041010050500013M02606", null), (taken.CreditorIban, taken.EndToEndId));
        Assert.DoesNotContain("4556", taken.Remittance, StringComparison.Ordinal);
        Assert.Equal((5_000, -5_000), (house.Balance(LedgerAccount.Bank), house.Balance(LedgerAccount.UnallocatedReceipts)));
        Assert.Equal([EventNames.TransferReceived], house.Events);
    }

    [Fact]
    public async Task A_browser_that_comes_back_makes_us_ask_the_gateway_but_not_at_each_reload()
    {
        var request = await house.RequestAsync(await house.InvoiceAsync());
        await ApplyAsync(request, "ACTIVE", "PENDING");

        await house.DoAsync<PaymentRequests>(requests => requests.BrowserReturnedAsync(request.Id));
        await house.DoAsync<PaymentRequests>(requests => requests.BrowserReturnedAsync(request.Id));
        Assert.Single(house.Effects(EffectKinds.ReadGatewayRequest));

        house.Clock.Move(PaymentRequests.ReturnInterval);
        await house.DoAsync<PaymentRequests>(requests => requests.BrowserReturnedAsync(request.Id));
        Assert.Equal(2, house.Effects(EffectKinds.ReadGatewayRequest).Count);
    }

    private Task ApplyAsync(PaymentRequest request, string status, string money, params GatewayPayment[] payments) => house.DoAsync<GatewaySync>(sync => sync.ApplyAsync(new GatewayRequest
    {
        Id = "gw-1",
        MerchantPaymentRequestId = request.Id.ToString(),
        Endpoint = "https://pay.example.test/gw-1",
        VirtualIban = "FR14 2004 1010 0505 0001 3M02 606",
        RequestStatus = status,
        PaymentStatus = money,
        Payments = payments,
    }));

    private GatewayPayment Card(string id, long minor) => new(id, PaymentMethod.Card, TestHouse.Euros(minor), house.Now);
}
