using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Gateway;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Payer;

/// <summary>Direct debit on the payer's page: sign a mandate on the gateway's page, come back, be debited.</summary>
internal sealed class PayerDebits(IOptions<GatewayOptions> gateway, IWorkSignal signal, TimeProvider time)
{
    /// <summary>How long the page waits for the gateway before it offers the signature again.</summary>
    private static readonly TimeSpan WaitsFor = TimeSpan.FromMinutes(2);

    /// <summary>What the page offers or says, and the gateway's page that a form may lead to; both null where the merchant takes no debits.</summary>
    public async Task<(DebitOffer? Offer, string? SigningPage)> OfferAsync(IMerchantScope scope, Merchant merchant, Invoice invoice, CancellationToken cancellationToken)
    {
        if (await scope.Services.GetRequiredService<DirectDebits>().UnderWayAsync(invoice.Id, cancellationToken) is { } underWay)
        {
            var used = await scope.Records.FindAsync<Mandate>(underWay.MandateId, cancellationToken);
            return (new DebitOffer(DebitStep.UnderWay, underWay.CollectOn, used?.AccountEnding, underWay.Amount), null);
        }

        if (!merchant.AcceptsDirectDebit || gateway.Value.DirectDebit != true || invoice.Disputed)
        {
            return (null, null);
        }

        var now = time.GetUtcNow();
        var mandates = scope.Services.GetRequiredService<Mandates>();
        if (await mandates.UsableAsync(invoice.CustomerId, cancellationToken) is { } mandate)
        {
            return (new DebitOffer(DebitStep.Pay, DayOf(merchant, now), mandate.AccountEnding), null);
        }

        var draft = await mandates.DraftAsync(invoice.CustomerId, cancellationToken);
        var waits = draft is { GatewayEndpoint: null } ? now - draft.CreatedAt < WaitsFor : draft?.ReturnedAt is { } returned && now - returned < WaitsFor;
        return (new DebitOffer(waits ? DebitStep.Wait : DebitStep.Sign), draft?.GatewayEndpoint);
    }

    /// <summary>To the gateway's page for signing; back to ours while it is being made.</summary>
    public async Task<IResult> ToSigningAsync(IMerchantScope scope, PaymentRequest request, CancellationToken cancellationToken)
    {
        var page = PageOf(request);
        if (request.RequestStatus != RequestStatus.Active || gateway.Value.DirectDebit != true)
        {
            return page;
        }

        try
        {
            var mandate = await scope.Services.GetRequiredService<Mandates>().AskAsync(
                new NewMandate { CustomerId = request.CustomerId, InvoiceId = request.InvoiceId, ReturnToken = request.LinkToken }, cancellationToken);
            await scope.Records.CommitAsync(cancellationToken);
            signal.Set();
            return mandate is { Status: MandateStatus.Draft, GatewayEndpoint: { } signing } ? new SeeOtherResult(signing) : page;
        }
        catch (Exception refused) when (refused is RuleViolationException or RecordConflictException)
        {
            // The page shows how things stand now.
            return page;
        }
    }

    /// <summary>The browser came back from signing: the gateway is asked.</summary>
    public async Task<IResult> SignedAsync(IMerchantScope scope, PaymentRequest request, CancellationToken cancellationToken)
    {
        var mandates = scope.Services.GetRequiredService<Mandates>();
        if (await mandates.DraftAsync(request.CustomerId, cancellationToken) is { } draft)
        {
            await mandates.BrowserReturnedAsync(draft.Id, cancellationToken);
            signal.Set();
        }

        return PageOf(request);
    }

    /// <summary>The payer asks to be debited as soon as the bank can, and so agrees to the shorter notice.</summary>
    public async Task<IResult> PayAsync(IMerchantScope scope, PaymentRequest request, CancellationToken cancellationToken)
    {
        var debits = scope.Services.GetRequiredService<DirectDebits>();
        var before = await debits.NewestAsync(request.InvoiceId, cancellationToken);
        if (request.RequestStatus != RequestStatus.Active || gateway.Value.DirectDebit != true)
        {
            return PageOf(request);
        }

        try
        {
            await debits.CreateAsync(new NewDebit { InvoiceId = request.InvoiceId, Key = $"payer/{request.Id:N}/{before?.Id:N}", NoticeDays = 0 }, cancellationToken);
            await scope.Records.CommitAsync(cancellationToken);
            signal.Set();
        }
        catch (Exception refused) when (refused is RuleViolationException or RecordConflictException)
        {
            // The page shows how things stand now.
        }

        return PageOf(request);
    }

    private static DateOnly DayOf(Merchant merchant, DateTimeOffset now)
    {
        var calendar = DebitCalendar.Of(merchant);
        return calendar.CollectionDay(now, calendar.DayOf(now));
    }

    private static SeeOtherResult PageOf(PaymentRequest request) => new($"/pay/{request.LinkToken}");
}
