using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>The one place from which customers are told anything: it finds the language and the time, or says why there is no message.</summary>
public sealed class ContactPlanner(IMerchantRecords records, TimeProvider time, ContactHistory history, AuditLog audit)
{
    /// <summary>
    /// Appends a message and the effect that sends it, at the first time the rules allow: later, never lost. What was planned
    /// under the key before is answered again. Throws <see cref="RuleViolationException"/> when the customer, invoice or
    /// template is not there.
    /// </summary>
    public async Task<ContactPlan> PlanAsync(ContactIntent intent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var key = intent.Key;
        var before = await records.ListAsync<Message>(message => message.Key == key, 1, cancellationToken);
        if (before.Count > 0)
        {
            return new ContactPlan(before[0], null);
        }

        var template = MessageTemplates.Find(intent.Template)
            ?? throw RuleViolationException.Of("template", RuleCodes.TemplateUnknown, ("template", intent.Template));
        var customer = await records.FindAsync<Customer>(intent.CustomerId, cancellationToken)
            ?? throw RuleViolationException.Of("customerId", RuleCodes.CustomerUnknown);
        var invoice = await records.FindAsync<Invoice>(intent.InvoiceId, cancellationToken)
            ?? throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);
        var merchant = await MerchantAsync(cancellationToken);

        var now = time.GetUtcNow();
        var against = ContactRules.Against(template.Purpose, intent.Channel, customer, invoice, QuietHours.Of(merchant).DayOf(now));
        if (against is not null)
        {
            return new ContactPlan(null, against);
        }

        var lastReminder = await history.LastReminderAsync(invoice.Id, null, cancellationToken);
        var due = ContactRules.Earliest(now, template.Purpose, lastReminder, merchant);
        return new ContactPlan(Append(intent, template, customer, merchant, now, due), null);
    }

    private Message Append(ContactIntent intent, MessageTemplate template, Customer customer, Merchant merchant, DateTimeOffset now, ContactTime due)
    {
        var message = new Message
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Key = intent.Key,
            CustomerId = customer.Id,
            InvoiceId = intent.InvoiceId,
            RequestId = intent.RequestId,
            Channel = intent.Channel,
            Template = template.Name,
            Language = template.LanguageFor(customer.Language, merchant.Language),
            Recipient = customer.Email!,
            DueAt = due.At,
            PlannedAt = now,
        };
        records.Add(message);
        records.Ask(new Effect
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Key = intent.Key,
            Kind = EffectKinds.Email,
            Lane = EffectLanes.Email(records.MerchantId),
            Repeat = EffectRepeat.Neither,
            PayloadJson = DomainJson.Write(new EmailPayload(message.Id)),
            DueAt = due.At,
            AskedAt = now,
            CustomerId = customer.Id,
            InvoiceId = intent.InvoiceId,
            CaseId = intent.CaseId,
        });
        records.Raise(MessageEvents.Of(message, EventNames.MessagePlanned, now, new { message.Channel, message.Template, message.DueAt, due.DelayedBy }));
        audit.Write("message.planned", $"message:{message.Id}", new { message.Template, message.DueAt });
        return message;
    }

    private async Task<Merchant> MerchantAsync(CancellationToken cancellationToken) =>
        await records.FindAsync<Merchant>(records.MerchantId, cancellationToken)
        ?? throw new InvalidOperationException("The merchant of this scope is not there.");
}
