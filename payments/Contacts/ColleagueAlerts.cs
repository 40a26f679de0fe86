using System.Net.Mail;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Contacts;

/// <summary>What a colleague is to be told.</summary>
public sealed record ColleagueAlert
{
    /// <summary>The colleague's e-mail address.</summary>
    public required string Recipient { get; init; }

    /// <summary>What it is called, in one line of at most 200 characters.</summary>
    public required string Subject { get; init; }

    /// <summary>What it says, at most 4000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>Unique in a merchant: what is wanted twice under one key is told once. Also the key of the effect.</summary>
    public required string Key { get; init; }

    /// <summary>The customer it is about; null for none.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The invoice it is about; null for none.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The case that wants it; null for none.</summary>
    public Guid? CaseId { get; init; }
}

/// <summary>Tells colleagues by e-mail: at once, whatever the hour, and only what a person wrote into a scenario.</summary>
public sealed class ColleagueAlerts(IMerchantRecords records, TextLibrary texts, TimeProvider time, AuditLog audit)
{
    private const int MaxSubject = 200;
    private const int MaxText = 4000;

    /// <summary>
    /// Appends an alert and the effect that sends it; what was planned under the key before is answered again. Throws
    /// <see cref="RuleViolationException"/> for an address that is none, and for words that are missing, too long or hold a card number.
    /// </summary>
    public async Task<Message> PlanAsync(ColleagueAlert alert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var key = alert.Key;
        if (await records.ListAsync<Message>(message => message.Key == key, 1, cancellationToken) is [var before])
        {
            return before;
        }

        RuleViolation?[] rules =
        [
            MailAddress.TryCreate(alert.Recipient, out var address) && address.Address == alert.Recipient ? null : RuleViolation.Of("recipient", RuleCodes.EmailInvalid),
            TextRules.Broken("subject", alert.Subject, MaxSubject),
            TextRules.Broken("text", alert.Text, MaxText),
        ];
        if (rules.OfType<RuleViolation>().ToArray() is { Length: > 0 } broken)
        {
            throw new RuleViolationException(broken);
        }

        var merchant = await records.MerchantAsync(cancellationToken);
        var template = MessageTemplates.Find(MessageTemplates.AlertColleague)!;
        var now = time.GetUtcNow();
        var message = new Message
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            Key = key,
            CustomerId = alert.CustomerId,
            InvoiceId = alert.InvoiceId,
            Channel = MessageChannel.Email,
            Template = template.Name,
            Language = template.LanguageFor(merchant.Language, merchant.Language, await texts.LanguagesAsync(template, TextChannel.Email, cancellationToken)),
            Recipient = alert.Recipient,
            Subject = TextTemplates.OneLine(alert.Subject),
            Note = CardNumber.Scrub(alert.Text),
            DueAt = now,
            PlannedAt = now,
        };
        records.Add(message);
        records.Ask(MessageEffects.Of(message, alert.CaseId, now));
        records.Raise(MessageEvents.Of(message, EventNames.MessagePlanned, now, new { message.Channel, message.Template, message.DueAt }));
        audit.Write("message.planned", $"message:{message.Id}", new { message.Template, message.DueAt });
        return message;
    }
}
