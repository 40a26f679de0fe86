using System.Globalization;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Debits;

/// <summary>Asks for a customer's mandate.</summary>
public sealed record NewMandate
{
    /// <summary>Who is to sign it.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The invoice it is asked for; null for none.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The scheme.</summary>
    public MandateScheme Scheme { get; init; } = MandateScheme.Core;

    /// <summary>The link token of the payment page to go back to after signing; null for none.</summary>
    public string? ReturnToken { get; init; }

    /// <summary>The case that asks; null for none.</summary>
    public Guid? CaseId { get; init; }
}

/// <summary>Asks for mandates, finds the one to use, and ends them.</summary>
public sealed class Mandates(IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit)
{
    private const string CancelledReason = "cancelled";
    private const string UnusedReason = "unused";

    /// <summary>
    /// Appends a mandate to be signed, and asks the gateway for its page. One that can be used, or waits for its signature, is
    /// answered instead. Needs <see cref="Permissions.WorkTasks"/>. Throws <see cref="RuleViolationException"/> when the merchant
    /// takes no direct debits, the customer or its invoice is not there, or a consumer is to sign for B2B.
    /// </summary>
    public async Task<Mandate> AskAsync(NewMandate ask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ask);
        current.Actor.Require(Permissions.WorkTasks);
        var merchant = await records.MerchantAsync(cancellationToken);
        if (!merchant.AcceptsDirectDebit)
        {
            throw RuleViolationException.Of("customerId", RuleCodes.DebitsOff);
        }

        var customer = await records.FindAsync<Customer>(ask.CustomerId, cancellationToken) ?? throw RuleViolationException.Of("customerId", RuleCodes.CustomerUnknown);
        if (ask.Scheme == MandateScheme.B2B && !customer.IsBusiness)
        {
            throw RuleViolationException.Of("scheme", RuleCodes.SchemeNeedsBusiness);
        }

        if (ask.InvoiceId is { } invoiceId && (await records.FindAsync<Invoice>(invoiceId, cancellationToken))?.CustomerId != customer.Id)
        {
            throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);
        }

        if (await UsableAsync(customer.Id, cancellationToken) is { } usable)
        {
            return usable;
        }

        if (await DraftAsync(customer.Id, cancellationToken) is { } draft && draft.Scheme == ask.Scheme)
        {
            return draft;
        }

        var now = time.GetUtcNow();
        var mandate = new Mandate
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            CustomerId = customer.Id,
            InvoiceId = ask.InvoiceId,
            Reference = MandateLife.NewReference(),
            Scheme = ask.Scheme,
            ReturnToken = ask.ReturnToken,
            CreatedAt = now,
        };

        // The customer's row is the lock: of two who ask at the same moment, one begins again and finds the other's.
        records.Update(customer);
        records.Add(mandate);
        records.Ask(DebitEvents.Effect(mandate, EffectKinds.CreateGatewayMandate, CreationKeyOf(mandate.Id), EffectRepeat.Queryable, now, ask.CaseId));
        records.Raise(DebitEvents.Of(mandate, EventNames.MandateRequested, now, new { mandate.Reference, mandate.Scheme }));
        audit.Write("mandate.requested", $"mandate:{mandate.Id}", new { mandate.Reference, mandate.Scheme });
        return mandate;
    }

    /// <summary>The newest mandate of a customer that a debit can run on; null when there is none. One that has lapsed is appended as ended.</summary>
    public async Task<Mandate?> UsableAsync(Guid customerId, CancellationToken cancellationToken = default)
    {
        var valid = await records.ListAsync<Mandate>(mandate => mandate.CustomerId == customerId && mandate.Status == MandateStatus.Valid, cancellationToken: cancellationToken);
        if (valid.Count == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var today = DebitCalendar.Of(await records.MerchantAsync(cancellationToken)).DayOf(now);
        foreach (var lapsed in valid.Where(mandate => !MandateLife.IsUsableOn(mandate, today)))
        {
            records.Update(MandateLife.After(lapsed, MandateEvent.Lapsed) with { EndedAt = now, EndReason = UnusedReason });
            records.Raise(DebitEvents.Of(lapsed, EventNames.MandateExpired, now, new { lapsed.Reference }));
        }

        return valid.LastOrDefault(mandate => MandateLife.IsUsableOn(mandate, today));
    }

    /// <summary>The newest mandate of a customer that waits for a signature; null when there is none.</summary>
    public async Task<Mandate?> DraftAsync(Guid customerId, CancellationToken cancellationToken = default)
    {
        var drafts = await records.ListAsync<Mandate>(mandate => mandate.CustomerId == customerId && mandate.Status == MandateStatus.Draft, cancellationToken: cancellationToken);
        return drafts.Count == 0 ? null : drafts[^1];
    }

    /// <summary>
    /// Appends that a mandate is withdrawn, here and at the gateway; one that ended before is answered as it stands. Needs
    /// <see cref="Permissions.WorkTasks"/>. Throws <see cref="RuleViolationException"/> when there is no such mandate.
    /// </summary>
    public async Task<Mandate> CancelAsync(Guid mandateId, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.WorkTasks);
        var mandate = await FindAsync(mandateId, cancellationToken);
        if (!MandateLife.Table.Allows(mandate.Status, MandateEvent.Cancelled))
        {
            return mandate;
        }

        audit.Write("mandate.cancelled", $"mandate:{mandate.Id}", new { mandate.Reference });
        return End(mandate, CancelledReason);
    }

    /// <summary>
    /// The payer's browser came back from the page of signing: the gateway is asked what happened, for a browser's word proves
    /// nothing. Commits. Throws <see cref="RuleViolationException"/> when there is no such mandate.
    /// </summary>
    public async Task BrowserReturnedAsync(Guid mandateId, CancellationToken cancellationToken = default)
    {
        var mandate = await FindAsync(mandateId, cancellationToken);
        var now = time.GetUtcNow();
        if (mandate.GatewayMandateId is null || now - mandate.ReturnedAt < PaymentRequests.ReturnInterval)
        {
            return;
        }

        records.Update(mandate with { ReturnedAt = now });
        var key = $"browser-return/{mandate.Id:N}/{now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}";
        records.Ask(DebitEvents.Effect(mandate, EffectKinds.ReadGatewayMandate, key, EffectRepeat.Idempotent, now));
        await records.CommitAsync(cancellationToken);
    }

    /// <summary>The key of the effect that creates a mandate at the gateway.</summary>
    internal static string CreationKeyOf(Guid mandateId) => $"mandate/{mandateId:N}";

    /// <summary>Appends that a mandate is of no use any more.</summary>
    internal Mandate End(Mandate mandate, string reason, bool knownToGateway = false)
    {
        var now = time.GetUtcNow();
        var ended = records.Update(MandateLife.After(mandate, MandateEvent.Cancelled) with { EndedAt = now, EndReason = reason });
        if (!knownToGateway)
        {
            records.Ask(DebitEvents.Effect(ended, EffectKinds.CancelGatewayMandate, $"cancel-mandate/{ended.Id:N}", EffectRepeat.Idempotent, now));
        }

        records.Raise(DebitEvents.Of(ended, EventNames.MandateCancelled, now, new { ended.Reference, reason }));
        return ended;
    }

    private async Task<Mandate> FindAsync(Guid mandateId, CancellationToken cancellationToken) =>
        await records.FindAsync<Mandate>(mandateId, cancellationToken) ?? throw RuleViolationException.Of("mandateId", RuleCodes.MandateUnknown);
}
