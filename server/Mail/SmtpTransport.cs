using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using CentralPay.Workflows.Payments.Effects;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Mail;

/// <summary>
/// Sends e-mails over SMTP. A 5xx to the message is a no for good, a 4xx for now; whatever fails before sender and recipient
/// are named (encryption, sign-in) is no verdict on the message; a connection lost before it was handed over sent nothing.
/// </summary>
internal sealed class SmtpTransport(IOptions<MailOptions> options) : IMailTransport
{
    public bool IsRepeatable => false;

    public async Task<EffectOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        byte[] message;
        try
        {
            message = MimeText.Of(mail);
        }
        catch (Exception unwritable) when (unwritable is FormatException or SmtpException or ArgumentException)
        {
            return Outcome(EffectOutcomeKind.Refused, $"{mail.ToAddress}: {unwritable.Message}");
        }

        using var conversation = new SmtpConversation(options.Value);
        try
        {
            await conversation.SendAsync(new MailAddress(mail.FromAddress).Address, new MailAddress(mail.ToAddress).Address, message, cancellationToken);
            return Outcome(EffectOutcomeKind.Delivered, null, 250);
        }
        catch (SmtpRefusalException refusal)
        {
            return Outcome(refusal.Code >= 500 && conversation.MessageBegun ? EffectOutcomeKind.Refused : EffectOutcomeKind.Failed, refusal.Message, refusal.Code);
        }
        catch (Exception lost) when (lost is IOException or SocketException or AuthenticationException or CryptographicException)
        {
            return Outcome(conversation.MessageHandedOver ? EffectOutcomeKind.Unknown : EffectOutcomeKind.Failed, lost.Message);
        }
    }

    private static EffectOutcome Outcome(EffectOutcomeKind kind, string? error, int? code = null) => new() { Kind = kind, Error = error, StatusCode = code };
}
