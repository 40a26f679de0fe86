using System.Globalization;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Requests;

/// <summary>Opens, finds and ends payment requests.</summary>
public sealed class PaymentRequests(IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit)
{
    /// <summary>A payer who reloads the page we send them back to does not make us ask the gateway each time.</summary>
    public static readonly TimeSpan ReturnInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Appends a request for what is owed, and asks the gateway for it. Throws <see cref="RuleViolationException"/> when the
    /// invoice is not there, nothing is owed on it, or the deadline has passed.
    /// </summary>
    public async Task<PaymentRequest> OpenAsync(OpenPaymentRequest ask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ask);
        if (await AskedBeforeAsync(ask.EffectKey, cancellationToken) is { } before)
        {
            return before;
        }

        var now = time.GetUtcNow();
        var invoice = await records.FindAsync<Invoice>(ask.InvoiceId, cancellationToken)
            ?? throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);
        if (!invoice.Open.IsPositive || invoice.Status == InvoiceStatus.Cancelled)
        {
            throw RuleViolationException.Of("invoiceId", RuleCodes.NothingOwed, ("number", invoice.Number));
        }

        if (ask.Deadline <= now)
        {
            throw RuleViolationException.Of("deadline", RuleCodes.DatePassed);
        }

        var request = new PaymentRequest
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            InvoiceId = invoice.Id,
            CustomerId = invoice.CustomerId,
            Amount = invoice.Open,
            Paid = Money.Zero(invoice.Open.Currency),
            LinkToken = PaymentLinks.NewToken(),
            Reference = PaymentLinks.NewReference(),
            Deadline = ask.Deadline,
            CreatedAt = now,
        };
        records.Add(request);
        records.Ask(CreateAtGateway(request, ask.EffectKey, ask.CaseId, now));
        audit.Write("payment_request.opened", $"payment_request:{request.Id}", new { invoiceId = invoice.Id, request.Amount.AmountMinor, request.Amount.Currency });
        return request;
    }

    /// <summary>The request whose payment page has the secret, or null.</summary>
    public async Task<PaymentRequest?> FindByLinkAsync(string token, CancellationToken cancellationToken = default) =>
        PaymentLinks.IsToken(token)
            ? (await records.ListAsync<PaymentRequest>(request => request.LinkToken == token, 1, cancellationToken)).SingleOrDefault()
            : null;

    /// <summary>
    /// The request whose link holds for an invoice now: the one given while it can be paid, else the newest that can be; the one
    /// given where none can.
    /// </summary>
    public async Task<PaymentRequest> InForceAsync(PaymentRequest request, CancellationToken cancellationToken = default) => await InForceAsync(records, request, cancellationToken);

    /// <summary>
    /// The payer's browser came back from the gateway: the gateway is asked what happened, for a browser's word proves nothing.
    /// Commits. Throws <see cref="RuleViolationException"/> when there is no such request.
    /// </summary>
    public async Task BrowserReturnedAsync(Guid requestId, CancellationToken cancellationToken = default)
    {
        var request = await FindAsync(requestId, cancellationToken);
        var now = time.GetUtcNow();
        if (request.GatewayRequestId is not { } gatewayRequestId || now - request.ReturnedAt < ReturnInterval)
        {
            return;
        }

        records.Update(request with { ReturnedAt = now });
        var key = $"browser-return/{request.Id:N}/{now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";
        records.Ask(GatewayEffect(request, EffectKinds.ReadGatewayRequest, key, EffectRepeat.Idempotent, null, new GatewayRequestPayload(gatewayRequestId)));
        await records.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Ends a request that can still be paid, here and at the gateway; one that ended before is answered as it stands. Appends.
    /// Needs <see cref="Permissions.WorkTasks"/>. Throws <see cref="RuleViolationException"/> when there is no such request.
    /// </summary>
    public async Task<PaymentRequest> CancelAsync(CancelPaymentRequest ask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ask);
        current.Actor.Require(Permissions.WorkTasks);
        var request = await FindAsync(ask.RequestId, cancellationToken);
        if (request.RequestStatus != RequestStatus.Active)
        {
            return request;
        }

        var cancelled = records.Update(RequestLife.After(request, RequestEvent.Cancelled));
        records.Ask(CancelAtGateway(cancelled, time.GetUtcNow(), ask.EffectKey, ask.CaseId));
        records.Raise(Happened.To(cancelled, EventNames.RequestClosed, time.GetUtcNow(), cancelled.Amount, new { reason = ask.Reason }));
        audit.Write("payment_request.cancelled", $"payment_request:{request.Id}", new { ask.Reason });
        return cancelled;
    }

    internal static Effect CancelAtGateway(PaymentRequest request, DateTimeOffset now, string? key = null, Guid? caseId = null) =>
        GatewayEffect(request, EffectKinds.CancelGatewayRequest, key ?? $"cancel-request/{request.Id:N}", EffectRepeat.Idempotent, caseId, new RequestPayload(request.Id), now);

    internal static Effect CreateAtGateway(PaymentRequest request, string key, Guid? caseId, DateTimeOffset now) =>
        GatewayEffect(request, EffectKinds.CreateGatewayRequest, key, EffectRepeat.Queryable, caseId, new RequestPayload(request.Id), now);

    internal static async Task<PaymentRequest> InForceAsync(IMerchantRecords records, PaymentRequest request, CancellationToken cancellationToken)
    {
        if (request.RequestStatus == RequestStatus.Active)
        {
            return request;
        }

        var invoiceId = request.InvoiceId;
        var active = await records.ListAsync<PaymentRequest>(other => other.InvoiceId == invoiceId && other.RequestStatus == RequestStatus.Active, cancellationToken: cancellationToken);
        return active.Count == 0 ? request : active[^1];
    }

    private Effect GatewayEffect(PaymentRequest request, string kind, string key, EffectRepeat repeat, Guid? caseId, object payload) =>
        GatewayEffect(request, kind, key, repeat, caseId, payload, time.GetUtcNow());

    private static Effect GatewayEffect(PaymentRequest request, string kind, string key, EffectRepeat repeat, Guid? caseId, object payload, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        MerchantId = request.MerchantId,
        Key = key,
        Kind = kind,
        Lane = EffectLanes.Gateway(request.MerchantId),
        Repeat = repeat,
        PayloadJson = DomainJson.Write(payload),
        DueAt = now,
        AskedAt = now,
        CustomerId = request.CustomerId,
        InvoiceId = request.InvoiceId,
        CaseId = caseId,
    };

    private async Task<PaymentRequest?> AskedBeforeAsync(string effectKey, CancellationToken cancellationToken)
    {
        var effects = await records.ListAsync<Effect>(effect => effect.Key == effectKey, 1, cancellationToken);
        return effects.Count == 0
            ? null
            : await records.FindAsync<PaymentRequest>(DomainJson.Read<RequestPayload>(effects[0].PayloadJson).RequestId, cancellationToken);
    }

    private async Task<PaymentRequest> FindAsync(Guid requestId, CancellationToken cancellationToken) =>
        await records.FindAsync<PaymentRequest>(requestId, cancellationToken)
        ?? throw RuleViolationException.Of("requestId", RuleCodes.RequestUnknown);
}
