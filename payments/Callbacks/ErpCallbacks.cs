using System.Text.Json;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Callbacks;

/// <summary>What the merchant's ERP is told about an invoice, and to which endpoints.</summary>
public sealed class ErpCallbacks(IMerchantRecords records, TextLibrary texts, TimeProvider time)
{
    /// <summary>Payments named in one callback, at the most: its body stays under 20 kB.</summary>
    public const int PaymentsPerCallback = 50;

    // A document for programs has no language; this is where its text is kept.
    private const string OwnTextLanguage = "en";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>
    /// Asks one callback for each enabled endpoint, and answers their keys (none where no endpoint is set up). Appends; the
    /// caller commits.
    /// </summary>
    /// <param name="eventType">The event told (<c>invoice.paid</c>).</param>
    /// <param name="invoiceId">The invoice it is about.</param>
    /// <param name="key">The asking step's key; each endpoint's own is built from it.</param>
    /// <param name="caseId">The case that asks; null outside any.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<IReadOnlyList<string>> AskAsync(string eventType, Guid invoiceId, string key, Guid? caseId, CancellationToken cancellationToken)
    {
        var invoice = await records.FindAsync<Invoice>(invoiceId, cancellationToken)
            ?? throw new InvalidOperationException($"The invoice {invoiceId} does not exist.");
        var endpoints = await records.ListAsync<WebhookEndpoint>(endpoint => endpoint.Enabled, cancellationToken: cancellationToken);
        if (endpoints.Count == 0)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var body = await BodyAsync(eventType, invoice, now, cancellationToken);
        var keys = new List<string>(endpoints.Count);
        foreach (var endpoint in endpoints)
        {
            var effect = new Effect
            {
                Id = Guid.CreateVersion7(),
                MerchantId = records.MerchantId,
                Key = $"{key}/{endpoint.Id:N}",
                Kind = EffectKinds.Webhook,
                Lane = EffectLanes.Webhook(endpoint.Id),
                Repeat = EffectRepeat.Idempotent,
                PayloadJson = JsonSerializer.Serialize(new { endpointId = endpoint.Id, eventType, body }, Web),
                DueAt = now,
                AskedAt = now,
                CustomerId = invoice.CustomerId,
                InvoiceId = invoice.Id,
                CaseId = caseId,
            };
            records.Ask(effect);
            keys.Add(effect.Key);
        }

        return keys;
    }

    private async Task<string> BodyAsync(string eventType, Invoice invoice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var customer = await records.FindAsync<Customer>(invoice.CustomerId, cancellationToken);
        var template = MessageTemplates.CallbackPrefix + eventType;
        if (await texts.FindAsync(template, TextChannel.Json, OwnTextLanguage, cancellationToken) is { Version: not null } own)
        {
            return await OwnBodyAsync(own.Source, eventType, invoice, customer, now, cancellationToken);
        }

        var payments = await records.ListAsync<Payment>(payment => payment.InvoiceId == invoice.Id && payment.State != PaymentState.Unmatched && payment.State != PaymentState.Returned, PaymentsPerCallback, cancellationToken);
        return JsonSerializer.Serialize(
            new
            {
                type = eventType,
                timestamp = now,
                data = new
                {
                    invoice = new
                    {
                        id = invoice.Id,
                        number = invoice.Number,
                        status = invoice.Status.ToString(),
                        amountMinor = invoice.Amount.AmountMinor,
                        openMinor = invoice.Open.AmountMinor,
                        currency = invoice.Amount.Currency,
                        dueDate = invoice.DueDate,
                        paidAt = invoice.PaidAt,
                    },
                    customer = customer is null ? null : new { number = customer.Number, name = customer.Name },
                    payments = payments.Select(payment => new
                    {
                        id = payment.Id,
                        method = payment.Method.ToString(),
                        amountMinor = payment.Amount.AmountMinor,
                        currency = payment.Amount.Currency,
                        receivedAt = payment.ReceivedAt,
                    }),
                },
            },
            Web);
    }

    /// <summary>The merchant's own form of the callback; one that turns out to be no JSON with this invoice's values is refused, never sent.</summary>
    private async Task<string> OwnBodyAsync(TextSource source, string eventType, Invoice invoice, Customer? customer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var merchant = await records.MerchantAsync(cancellationToken);
        var facts = new MessageFacts
        {
            Merchant = merchant,
            Customer = customer,
            Invoices = [new InvoiceTold(invoice, null)],
            PaymentPageBaseUrl = "",
            Today = QuietHours.Of(merchant).DayOf(now),
        };
        return CallbackText.Parse(CompiledText.Of(source, TextChannel.Json).Json(facts.CallbackValues(eventType, now)));
    }
}
