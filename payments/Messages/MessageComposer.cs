using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>Puts a message into words, with the figures that hold at that moment.</summary>
public sealed class MessageComposer(IMerchantRecords records, TextLibrary texts, TimeProvider time)
{
    /// <summary>The content id of the QR code of the payment link.</summary>
    public const string QrContentId = "payment-qr";

    private const int MaxSubject = 200;

    /// <summary>
    /// The message in its language, with every invoice it covers: of one its own text, with link, QR code and account; of several
    /// the text for several, with a link each. Throws <see cref="RuleViolationException"/> when what it is about is not there.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="paymentPageBaseUrl">Where our payment pages are (<c>https://pay.example.com</c>).</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ComposedMessage> ComposeAsync(Message message, string paymentPageBaseUrl, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var facts = await FactsAsync(message, paymentPageBaseUrl, cancellationToken);
        var channel = ChannelOf(message.Channel);
        var template = facts.IsSeveral ? MessageTemplates.ReminderSeveral : message.Template;
        var text = await texts.FindAsync(template, channel, message.Language, cancellationToken)
            ?? throw TextLibrary.NotWritten(template, channel, message.Language);
        return Compose(text.Source, channel, text.Language, facts) with { TextVersion = text.Version };
    }

    /// <summary>What texts for a message's channel are written for.</summary>
    internal static TextChannel ChannelOf(MessageChannel channel) => channel == MessageChannel.Sms ? TextChannel.Sms : TextChannel.Email;

    /// <summary>The words of a text for given facts. Pure; also for previews.</summary>
    internal static ComposedMessage Compose(TextSource source, TextChannel channel, string language, MessageFacts facts)
    {
        var text = CompiledText.Of(source, channel);
        return channel == TextChannel.Sms ? text.Sms(facts, language, MaxSubject) : text.Email(facts, language, MaxSubject);
    }

    // The one that the message was planned with may have been replaced since.
    private async Task<PaymentRequest?> RequestAsync(Message message, CancellationToken cancellationToken) =>
        message.RequestId is { } requestId && await records.FindAsync<PaymentRequest>(requestId, cancellationToken) is { } request
            ? await PaymentRequests.InForceAsync(records, request, cancellationToken)
            : null;

    private async Task<MessageFacts> FactsAsync(Message message, string paymentPageBaseUrl, CancellationToken cancellationToken)
    {
        var merchant = await records.MerchantAsync(cancellationToken);
        var messageId = message.Id;
        var covered = await records.ListAsync<Message>(other => other.CoveredBy == messageId && other.Status == MessageStatus.Covered, cancellationToken: cancellationToken);
        var told = new List<InvoiceTold>();
        foreach (var one in new[] { message }.Concat(covered))
        {
            var invoice = one.InvoiceId is { } invoiceId ? await records.FindAsync<Invoice>(invoiceId, cancellationToken) : null;
            if (invoice is not null && told.TrueForAll(known => known.Invoice.Id != invoice.Id))
            {
                told.Add(new InvoiceTold(invoice, await RequestAsync(one, cancellationToken)));
            }
        }

        var debit = message.InvoiceId is { } debited && await records.ListAsync<DirectDebit>(each => each.InvoiceId == debited, cancellationToken: cancellationToken) is [.., var newest] ? newest : null;
        return new MessageFacts
        {
            Merchant = merchant,
            Customer = message.CustomerId is not { } customerId ? null
                : await records.FindAsync<Customer>(customerId, cancellationToken) ?? throw RuleViolationException.Of("customerId", RuleCodes.CustomerUnknown),
            Invoices = told.Count > 1 ? [.. told.OrderBy(each => each.Invoice.DueDate).ThenBy(each => each.Invoice.Number, StringComparer.Ordinal)] : told,
            Debit = debit,
            Mandate = debit is null ? null : await records.FindAsync<Mandate>(debit.MandateId, cancellationToken),
            PaymentPageBaseUrl = paymentPageBaseUrl,
            Today = QuietHours.Of(merchant).DayOf(time.GetUtcNow()),
            AlertSubject = message.Subject,
            AlertText = message.Note,
        };
    }
}
