using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Qr;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Messages;

/// <summary>Puts a message into words, with the figures that hold at that moment.</summary>
public sealed class MessageComposer(IMerchantRecords records)
{
    /// <summary>The content id of the QR code of the payment link.</summary>
    public const string QrContentId = "payment-qr";

    private const int MaxSubject = 200;

    /// <summary>
    /// The message in its language: HTML and text, with the payment link as a button and as a QR code, and the account and
    /// reference for a transfer. Throws <see cref="RuleViolationException"/> when what it is about is not there.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="paymentPageBaseUrl">Where our payment pages are (<c>https://pay.example.com</c>).</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ComposedMessage> ComposeAsync(Message message, string paymentPageBaseUrl, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        IReadOnlyList<DirectDebit> debits = message.InvoiceId is { } debited ? await records.ListAsync<DirectDebit>(each => each.InvoiceId == debited, cancellationToken: cancellationToken) : [];
        var debit = debits is [.., var newest] ? newest : null;
        var facts = new MessageFacts
        {
            Merchant = await records.FindAsync<Merchant>(records.MerchantId, cancellationToken) ?? throw new InvalidOperationException("The merchant of this scope is not there."),
            Customer = await records.FindAsync<Customer>(message.CustomerId, cancellationToken) ?? throw RuleViolationException.Of("customerId", RuleCodes.CustomerUnknown),
            Invoice = message.InvoiceId is { } invoiceId ? await records.FindAsync<Invoice>(invoiceId, cancellationToken) : null,
            Request = message.RequestId is { } requestId ? await records.FindAsync<PaymentRequest>(requestId, cancellationToken) : null,
            Debit = debit,
            Mandate = debit is null ? null : await records.FindAsync<Mandate>(debit.MandateId, cancellationToken),
            PaymentPageBaseUrl = paymentPageBaseUrl,
        };
        return Compose(message.Template, message.Language, facts);
    }

    /// <summary>The words of a template in a language for given facts. Pure; also for previews.</summary>
    internal static ComposedMessage Compose(string template, string language, MessageFacts facts)
    {
        var text = CompiledText.Of(template, language);
        var values = facts.Values(language);
        var link = text.HasButton ? facts.Link : null;
        var subject = TextTemplates.OneLine(text.Subject(values));
        return new ComposedMessage
        {
            Subject = subject.Length > MaxSubject ? subject[..MaxSubject] : subject,
            Html = text.Fill(TextTarget.Html, values, link),
            Text = text.Fill(TextTarget.Plain, values, link),
            InlineImages = link is null ? [] : [new InlineImage(QrContentId, QrImage.Png(link))],
        };
    }
}
