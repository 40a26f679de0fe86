using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace CentralPay.Workflows.Server.Mail;

/// <summary>Writes an e-mail as the bytes that travel (RFC 5322, CRLF lines).</summary>
internal static class MimeText
{
    public static byte[] Of(OutgoingMail mail)
    {
        using var message = new MailMessage
        {
            From = new MailAddress(mail.FromAddress, OneLine(mail.FromName), Encoding.UTF8),
            Subject = OneLine(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
        };
        message.To.Add(new MailAddress(mail.ToAddress, OneLine(mail.ToName), Encoding.UTF8));
        message.Headers.Add("Message-ID", $"<{mail.MessageId}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        var html = AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html);
        foreach (var (contentId, png) in mail.Images)
        {
            html.LinkedResources.Add(new LinkedResource(new MemoryStream(png), "image/png")
            {
                ContentId = contentId,
                TransferEncoding = TransferEncoding.Base64,
            });
        }

        message.AlternateViews.Add(html);
        return Written(message);
    }

    /// <summary>The framework writes a message to a folder only; the two envelope lines it puts in front are not part of it.</summary>
    private static byte[] Written(MailMessage message)
    {
        var folder = Directory.CreateTempSubdirectory("mail-").FullName;
        try
        {
            using (var writer = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = folder })
            {
                writer.Send(message);
            }

            var text = Encoding.Latin1.GetString(File.ReadAllBytes(Directory.GetFiles(folder).Single()));
            while (text.StartsWith("X-Sender:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("X-Receiver:", StringComparison.OrdinalIgnoreCase))
            {
                text = text[(text.IndexOf("\r\n", StringComparison.Ordinal) + 2)..];
            }

            return Encoding.Latin1.GetBytes(text);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
