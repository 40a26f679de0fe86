using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Payer;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Mail;

/// <summary>Sends a planned e-mail, if there is still a reason when its turn comes. An e-mail cannot be taken back: it is never sent twice.</summary>
internal sealed class EmailHandler(
    ContactGuard guard, MessageComposer composer, MessageLog messages, IMailTransport transport, IOptions<PayerOptions> payer) : IEffectHandler
{
    // What was sent is kept word for word; composing it again could say something else by then.
    private static readonly ConditionalWeakTable<Effect, ComposedMessage> Sent = [];

    public string Kind => EffectKinds.Email;

    public async ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        await MessageAsync(effect, records, cancellationToken) switch
        {
            null => GuardVerdict.Drop("message-unknown"),
            { Status: not MessageStatus.Planned } => GuardVerdict.Drop("message-settled"),
            { } message => await guard.CheckAsync(message, cancellationToken),
        };

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var message = await MessageAsync(effect, records, cancellationToken)
            ?? throw new InvalidOperationException($"The message of the effect {effect.Key} is gone.");
        var merchant = await records.FindAsync<Merchant>(records.MerchantId, cancellationToken)
            ?? throw new InvalidOperationException("The merchant is gone.");
        var customer = await records.FindAsync<Customer>(message.CustomerId, cancellationToken);
        var messageId = MessageIdOf(effect, merchant);

        // The intent is kept before anything leaves: a process that dies in between must not send the message again.
        if (message.ProviderId == messageId && !transport.IsRepeatable)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Unknown, Error = "The sending was interrupted; the message may have left." };
        }

        var composed = await composer.ComposeAsync(message, payer.Value.PublicUrl, cancellationToken);
        records.Update(message with { ProviderId = messageId });
        await records.CommitAsync(cancellationToken);
        var outcome = await transport.SendAsync(
            new OutgoingMail
            {
                MessageId = messageId,
                FromAddress = merchant.SenderEmail,
                FromName = merchant.Name,
                ToAddress = message.Recipient,
                ToName = customer?.Name ?? message.Recipient,
                Subject = composed.Subject,
                Text = composed.Text,
                Html = composed.Html,
                Images = [.. composed.InlineImages.Select(image => (image.ContentId, image.Png))],
            },
            cancellationToken);
        Sent.AddOrUpdate(effect, composed);
        return outcome.Kind == EffectOutcomeKind.Delivered ? outcome with { AnswerJson = DomainJson.Write(new { messageId }) } : outcome;
    }

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await MessageAsync(effect, records, cancellationToken) is not { Status: MessageStatus.Planned } message)
        {
            return;
        }

        switch (outcome.Kind)
        {
            case EffectOutcomeKind.Delivered:
                var composed = Sent.TryGetValue(effect, out var sent) ? sent : await composer.ComposeAsync(message, payer.Value.PublicUrl, cancellationToken);
                await messages.MarkSentAsync(message.Id, composed, message.Recipient, message.ProviderId, cancellationToken);
                break;
            case EffectOutcomeKind.Dropped:
                await messages.MarkCancelledAsync(message.Id, outcome.Error ?? "", cancellationToken);
                break;
            case EffectOutcomeKind.Refused or EffectOutcomeKind.GivenUp:
                await messages.MarkFailedAsync(message.Id, outcome.Kind == EffectOutcomeKind.Refused ? "refused" : "given-up", cancellationToken);
                break;
            case EffectOutcomeKind.Unknown:
                await messages.MarkUnknownAsync(message.Id, "unknown", cancellationToken);
                break;
            default:
                // Surely not sent: the next try begins afresh.
                records.Update(message with { ProviderId = null });
                break;
        }
    }

    private static string MessageIdOf(Effect effect, Merchant merchant)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{effect.MerchantId:N}/{effect.Key}")))[..32];
        return $"{key}@{merchant.SenderEmail.Split('@')[^1]}";
    }

    private static ValueTask<Message?> MessageAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        records.FindAsync<Message>(DomainJson.Read<EmailPayload>(effect.PayloadJson).MessageId, cancellationToken);
}
