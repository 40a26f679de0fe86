using System.Security.Cryptography;
using System.Text;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Outbox;
using CentralPay.Workflows.Server.Payer;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Sms;

/// <summary>Sends messages by SMS; a customer who said stop to the operator gets no more of them.</summary>
internal sealed class SmsHandler(
    ContactBundles bundles, ContactDesk contacts, MessageComposer composer, MessageLog messages, ISmsTransport transport, SmsAddresses addresses, IOptions<PayerOptions> payer)
    : MessageHandler(bundles, composer, messages, payer)
{
    public override string Kind => EffectKinds.Sms;

    protected override bool IsRepeatable => transport.IsRepeatable;

    protected override ValueTask<string> IntentOfAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{effect.MerchantId:N}/{effect.Key}")))[..32]);

    protected override async Task<EffectOutcome> SendAsync(Effect effect, Message message, ComposedMessage composed, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var merchant = await records.FindAsync<Merchant>(records.MerchantId, cancellationToken) ?? throw new InvalidOperationException("The merchant is gone.");
        return await transport.SendAsync(new OutgoingSms(message.ProviderId!, message.Recipient, composed.Text, addresses.StatusCallback(merchant.Slug, message.Id)), cancellationToken);
    }

    protected override async ValueTask<string> ReasonAsync(Message message, EffectOutcome outcome, CancellationToken cancellationToken)
    {
        var code = outcome.AnswerJson is { } answer ? DomainJson.Read<MessageAnswer>(answer).Code : null;
        if (code == TwilioCodes.OptedOut && message.CustomerId is { } customerId)
        {
            await contacts.SuppressAsync(customerId, MessageChannel.Sms, cancellationToken);
        }

        return TwilioCodes.ReasonOf(code) ?? await base.ReasonAsync(message, outcome, cancellationToken);
    }
}
