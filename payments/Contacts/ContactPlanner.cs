using System.Globalization;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Payments.Tasks;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>The one place from which customers are told anything: it finds channel, language and time, or says why there is no message.</summary>
public sealed class ContactPlanner(
    IMerchantRecords records, TimeProvider time, ContactHistory history, TextLibrary texts, IMessageChannels channels, TaskDesk tasks, AuditLog audit)
{
    private const string UnreachableTask = "unreachable";

    /// <summary>
    /// Appends a message and the effect that sends it, at the first time the rules allow: later, never lost. What was planned
    /// under the key before is answered again. Of a customer who is to be reminded and can be reached on no channel a person is
    /// given a task, once a month. Throws <see cref="RuleViolationException"/> when the customer, invoice or template is not there,
    /// or the merchant's own template has no text for the channel.
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

        var template = MessageTemplates.Find(intent.Template) is { Purpose: MessagePurpose.Reminder or MessagePurpose.Notice } known
            ? known
            : throw RuleViolationException.Of("template", RuleCodes.TemplateUnknown, ("template", intent.Template));
        var customer = await records.FindAsync<Customer>(intent.CustomerId, cancellationToken)
            ?? throw RuleViolationException.Of("customerId", RuleCodes.CustomerUnknown);
        var invoice = await records.FindAsync<Invoice>(intent.InvoiceId, cancellationToken)
            ?? throw RuleViolationException.Of("invoiceId", RuleCodes.InvoiceUnknown);
        var merchant = await records.MerchantAsync(cancellationToken);

        var now = time.GetUtcNow();
        if (ContactRules.Against(template.Purpose, customer, invoice, QuietHours.Of(merchant).DayOf(now)) is { } against)
        {
            return new ContactPlan(null, against);
        }

        var route = ContactRoute.To(intent.Channel, customer, merchant.ChannelFallback, channels);
        if (route.Against is not null)
        {
            await TellUnreachableAsync(template, customer, invoice, now, cancellationToken);
            return new ContactPlan(null, route.Against);
        }

        var lastReminder = await history.LastReminderAsync(invoice.Id, null, cancellationToken);
        var wanted = template.Purpose == MessagePurpose.Reminder ? now.AddMinutes(merchant.GatherMinutes) : now;
        var due = ContactRules.Earliest(wanted, template.Purpose, lastReminder, merchant);
        return new ContactPlan(await AppendAsync(intent, template, customer, merchant, route, now, due, cancellationToken), null);
    }

    private async Task<Message> AppendAsync(
        ContactIntent intent, MessageTemplate template, Customer customer, Merchant merchant, ContactRoute route, DateTimeOffset now, ContactTime due, CancellationToken cancellationToken)
    {
        var channel = MessageComposer.ChannelOf(route.Channel);
        var languages = await texts.LanguagesAsync(template, channel, cancellationToken);
        if (languages.Count == 0)
        {
            throw TextLibrary.NotWritten(template.Name, channel, customer.Language);
        }

        var message = new Message
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Key = intent.Key,
            CustomerId = customer.Id,
            InvoiceId = intent.InvoiceId,
            RequestId = intent.RequestId,
            Channel = route.Channel,
            Template = template.Name,
            Language = template.LanguageFor(customer.Language, merchant.Language, languages),
            Recipient = route.Address!,
            DueAt = due.At,
            PlannedAt = now,
        };
        records.Add(message);
        records.Ask(MessageEffects.Of(message, intent.CaseId, now));
        records.Raise(MessageEvents.Of(message, EventNames.MessagePlanned, now, new { message.Channel, message.Template, message.DueAt, due.DelayedBy }));
        audit.Write("message.planned", $"message:{message.Id}", new { message.Template, message.Channel, message.DueAt });
        return message;
    }

    private async Task TellUnreachableAsync(MessageTemplate template, Customer customer, Invoice invoice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (template.Purpose == MessagePurpose.Reminder)
        {
            await tasks.CreateAsync(
                new NewTask
                {
                    Key = string.Create(CultureInfo.InvariantCulture, $"{UnreachableTask}/{customer.Id:N}/{now:yyyy-MM}"),
                    Kind = UnreachableTask,
                    CustomerId = customer.Id,
                    InvoiceId = invoice.Id,
                    Amount = invoice.Open,
                },
                cancellationToken);
        }
    }
}
