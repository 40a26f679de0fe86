using System.Security.Cryptography;
using System.Text;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Outbox;
using CentralPay.Workflows.Server.Payer;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Mail;

/// <summary>Sends messages by e-mail.</summary>
internal sealed class EmailHandler(
    ContactBundles bundles, MessageComposer composer, MessageLog messages, IMailTransport transport, IOptions<PayerOptions> payer) : MessageHandler(bundles, composer, messages, payer)
{
    public override string Kind => EffectKinds.Email;

    protected override bool IsRepeatable => transport.IsRepeatable;

    /// <summary>The Message-ID.</summary>
    protected override async ValueTask<string> IntentOfAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var merchant = await MerchantAsync(records, cancellationToken);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{effect.MerchantId:N}/{effect.Key}")))[..32];
        return $"{key}@{merchant.SenderEmail.Split('@')[^1]}";
    }

    protected override async Task<EffectOutcome> SendAsync(Effect effect, Message message, ComposedMessage composed, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var merchant = await MerchantAsync(records, cancellationToken);
        var customer = message.CustomerId is { } customerId ? await records.FindAsync<Customer>(customerId, cancellationToken) : null;
        var isToCustomer = customer?.Email == message.Recipient;
        var outcome = await transport.SendAsync(
            new OutgoingMail
            {
                MessageId = message.ProviderId!,
                FromAddress = merchant.SenderEmail,
                FromName = merchant.Name,
                ToAddress = message.Recipient,
                ToName = isToCustomer ? customer!.Name : message.Recipient,
                Subject = composed.Subject,
                Text = composed.Text,
                Html = composed.Html,
                Images = [.. composed.InlineImages.Select(image => (image.ContentId, image.Png))],
            },
            cancellationToken);
        return outcome.Kind == EffectOutcomeKind.Delivered ? outcome with { AnswerJson = DomainJson.Write(new MessageAnswer(message.ProviderId)) } : outcome;
    }

    private static async ValueTask<Merchant> MerchantAsync(IMerchantRecords records, CancellationToken cancellationToken) =>
        await records.FindAsync<Merchant>(records.MerchantId, cancellationToken) ?? throw new InvalidOperationException("The merchant is gone.");
}
