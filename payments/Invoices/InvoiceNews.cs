using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Invoices;

/// <summary>What the merchant's ERP tells about an invoice that only it knows: goods delivered, a complaint opened. Scenarios wait for it by its name.</summary>
public sealed partial class InvoiceNews(IMerchantRecords records, TimeProvider time, ICurrentActor current, AuditLog audit)
{
    /// <summary>Characters of JSON that are sent along, at the most.</summary>
    public const int MostSentAlong = 8_000;

    /// <summary>
    /// Tells that something of a name happened to an invoice, and commits. Needs <see cref="Permissions.ImportInvoices"/>. Throws
    /// <see cref="RuleViolationException"/> when there is no such invoice, the name is not one, or one of <see cref="EventNames"/>,
    /// or more is sent along than <see cref="MostSentAlong"/>.
    /// </summary>
    /// <param name="invoiceId">The invoice.</param>
    /// <param name="name">What happened, in the merchant's own word (<c>goods.delivered</c>).</param>
    /// <param name="with">What is sent along; kept with the event.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<DomainEvent> TellAsync(Guid invoiceId, string name, JsonObject? with, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.ImportInvoices);
        if (!Name().IsMatch(name ?? ""))
        {
            throw RuleViolationException.Of("name", RuleCodes.EventNameInvalid);
        }

        if (EventNames.All.Contains(name))
        {
            throw RuleViolationException.Of("name", RuleCodes.EventNameReserved);
        }

        if (with?.ToJsonString().Length > MostSentAlong)
        {
            throw RuleViolationException.Of("with", RuleCodes.TooLong, ("limit", MostSentAlong.ToString(CultureInfo.InvariantCulture)));
        }

        var invoice = await records.FindAsync<Invoice>(invoiceId, cancellationToken) ?? throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);
        var told = Happened.To(invoice, EventNames.InvoiceTold, time.GetUtcNow(), invoice.Open, new { invoice.Number, @event = name, by = current.Actor.Name, with });
        records.Raise(told);
        audit.Write(EventNames.InvoiceTold, $"invoice:{invoiceId}", new { @event = name });
        await records.CommitAsync(cancellationToken);
        return told;
    }

    [GeneratedRegex("^[a-z][a-z0-9._-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
