using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>What a text becomes for a real invoice.</summary>
/// <param name="Composed">The message; of a JSON callback its document stands in the text.</param>
/// <param name="Size">What it takes as an SMS; null for others.</param>
/// <param name="CustomerName">Whose invoice it was tried on.</param>
/// <param name="InvoiceNumber">The invoice.</param>
/// <param name="IsSample">Whether both were invented, for there is no invoice yet.</param>
public sealed record TextPreviewed(ComposedMessage Composed, SmsSize? Size, string CustomerName, string InvoiceNumber, bool IsSample);

/// <summary>Shows a text as a real customer would get it, saved or not. Sends and changes nothing. Scoped to a merchant.</summary>
public sealed class TextPreview(IMerchantRecords records, TextLibrary library, IPaymentPages pages, ICurrentActor current, TimeProvider time)
{
    private const int InvoicesOfSeveral = 3;

    /// <summary>
    /// The text filled with an invoice's values. Needs <see cref="Permissions.Read"/>. Throws <see cref="RuleViolationException"/>
    /// for a text that breaks a rule, with field and line, and where there is no such template or invoice.
    /// </summary>
    /// <param name="template">The template.</param>
    /// <param name="channel">What it is written for.</param>
    /// <param name="language">The language of its figures and dates.</param>
    /// <param name="source">The text to try; null for the one that holds.</param>
    /// <param name="invoiceNumber">The invoice to try it on; null for the newest open one, or an invented one where there is none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<TextPreviewed> ShowAsync(
        string template, TextChannel channel, string language, TextSource? source, string? invoiceNumber, CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Read);
        var known = MessageTemplates.Find(template) ?? throw RuleViolationException.Of("template", RuleCodes.TemplateUnknown, ("template", template));
        var text = source ?? (await library.FindAsync(template, channel, language, cancellationToken))?.Source
            ?? throw TextLibrary.NotWritten(template, channel, language);
        if (TextDesk.Problems(known, channel, text) is { Count: > 0 } broken)
        {
            throw new RuleViolationException(broken);
        }

        var (facts, isSample) = await FactsAsync(template == MessageTemplates.ReminderSeveral, invoiceNumber, language, cancellationToken);
        var composed = channel == TextChannel.Json
            ? Document(text, template, facts, time.GetUtcNow())
            : MessageComposer.Compose(text, channel, language, facts);
        return new TextPreviewed(
            composed, channel == TextChannel.Sms ? SmsText.SizeOf(composed.Text) : null, facts.Customer?.Name ?? "", facts.Invoices[0].Invoice.Number, isSample);
    }

    private static ComposedMessage Document(TextSource text, string template, MessageFacts facts, DateTimeOffset now)
    {
        var eventType = template[MessageTemplates.CallbackPrefix.Length..];
        var document = CallbackText.Parse(CompiledText.Of(text, TextChannel.Json).Json(facts.CallbackValues(eventType, now)));
        return new ComposedMessage { Subject = eventType, Html = "", Text = document, InlineImages = [] };
    }

    private async Task<(MessageFacts Facts, bool IsSample)> FactsAsync(bool isSeveral, string? invoiceNumber, string language, CancellationToken cancellationToken)
    {
        var merchant = await records.MerchantAsync(cancellationToken);
        var invoice = await InvoiceAsync(invoiceNumber, cancellationToken);
        if (invoice is null)
        {
            return (SampleFacts.For(merchant, language, isSeveral ? InvoicesOfSeveral : 1), true);
        }

        var told = new List<Invoice> { invoice };
        if (isSeveral)
        {
            var (customerId, first) = (invoice.CustomerId, invoice.Id);
            told.AddRange(await records.ListAsync<Invoice>(
                other => other.CustomerId == customerId && other.Id != first && (other.Status == InvoiceStatus.Open || other.Status == InvoiceStatus.PartlyPaid), InvoicesOfSeveral - 1, cancellationToken));
        }

        if (isSeveral && told.Count == 1)
        {
            // Nobody gets the text for several with one invoice in it: it is not shown so.
            return (SampleFacts.For(merchant, language, InvoicesOfSeveral), true);
        }

        var invoices = new List<InvoiceTold>();
        foreach (var one in told)
        {
            var id = one.Id;
            var requests = await records.ListAsync<PaymentRequest>(request => request.InvoiceId == id, cancellationToken: cancellationToken);
            invoices.Add(new InvoiceTold(one, requests.Count > 0 ? requests[^1] : null));
        }

        var customer = await records.FindAsync<Customer>(invoice.CustomerId, cancellationToken);
        var facts = new MessageFacts
        {
            Merchant = merchant,
            Customer = customer,
            Invoices = invoices,
            PaymentPageBaseUrl = pages.BaseUrl,
            Today = QuietHours.Of(merchant).DayOf(time.GetUtcNow()),
            AlertSubject = customer?.Name,
            AlertText = "…",
        };
        return (facts, false);
    }

    private async Task<Invoice?> InvoiceAsync(string? number, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(number))
        {
            var newest = await records.PageAsync<Invoice>(invoice => invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.PartlyPaid, null, 1, cancellationToken);
            return newest.Count > 0 ? newest[0] : null;
        }

        var wanted = number.Trim();
        var found = await records.ListAsync<Invoice>(invoice => invoice.Number == wanted, 1, cancellationToken);
        return found.Count > 0 ? found[0] : throw RuleViolationException.Of("invoice", RuleCodes.InvoiceUnknown);
    }
}
