using System.Text;
using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Server.Mail;

/// <summary>Writes e-mails as files, for Development: one file a message, however often it is tried.</summary>
internal sealed class PickupTransport(string folder) : IMailTransport
{
    public bool IsRepeatable => true;

    public async Task<EffectOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, FileName(mail)), MimeText.Of(mail), cancellationToken);
            return new EffectOutcome { Kind = EffectOutcomeKind.Delivered };
        }
        catch (FormatException badAddress)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Refused, Error = $"{mail.ToAddress}: {badAddress.Message}" };
        }
        catch (IOException failure)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Failed, Error = failure.Message };
        }
    }

    private static string FileName(OutgoingMail mail)
    {
        var name = new StringBuilder();
        foreach (var character in mail.MessageId.Split('@')[0])
        {
            name.Append(char.IsAsciiLetterOrDigit(character) ? character : '-');
        }

        return $"{name}.eml";
    }
}
