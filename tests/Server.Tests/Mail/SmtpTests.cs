using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Server.Mail;
using CentralPay.Workflows.Tests.Shared;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Tests.Mail;

public sealed class SmtpTests
{
    private static readonly OutgoingMail Mail = new()
    {
        MessageId = "key-1@maison-lumiere.test",
        FromAddress = "compta@maison-lumiere.test",
        FromName = "Maison Lumière",
        ToAddress = "payer@example.test",
        ToName = "Zoé\r\nBcc: spy@example.test",
        Subject = "Facture\r\nBcc: spy@example.test",
        Text = "Bonjour\r\n.fin",
        Html = "<p>Bonjour <img src=\"cid:qr\"></p>",
        Images = [("qr", [1, 2, 3])],
    };

    [Fact]
    public async Task A_message_is_handed_over_with_text_html_and_picture()
    {
        var (outcome, conversation) = await SendAsync(new SmtpScript());
        Assert.Equal(EffectOutcomeKind.Delivered, outcome.Kind);
        Assert.Contains("MAIL FROM:<compta@maison-lumiere.test>", conversation, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<payer@example.test>", conversation, StringComparison.Ordinal);
        Assert.Contains("Message-ID: <key-1@maison-lumiere.test>", conversation, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("text/plain", conversation, StringComparison.Ordinal);
        Assert.Contains("Content-ID: <qr>", conversation, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\nBcc:", conversation, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Receiver", conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_refused_for_good_is_not_tried_again() =>
        Assert.Equal(EffectOutcomeKind.Refused, (await SendAsync(new SmtpScript { Recipient = "550 no such mailbox" })).Outcome.Kind);

    [Fact]
    public async Task A_busy_server_is_tried_again() =>
        Assert.Equal(EffectOutcomeKind.Failed, (await SendAsync(new SmtpScript { Recipient = "451 try later" })).Outcome.Kind);

    [Fact]
    public async Task A_connection_lost_before_the_message_sent_nothing() =>
        Assert.Equal(EffectOutcomeKind.Failed, (await SendAsync(new SmtpScript { HangsUpAt = "DATA" })).Outcome.Kind);

    [Fact]
    public async Task A_connection_lost_after_the_message_may_have_sent_it() =>
        Assert.Equal(EffectOutcomeKind.Unknown, (await SendAsync(new SmtpScript { HangsUpAt = "." })).Outcome.Kind);

    [Fact]
    public async Task A_server_that_is_not_there_sent_nothing()
    {
        var transport = new SmtpTransport(Options.Create(new MailOptions { Host = "127.0.0.1", Port = FreePort.Next(), StartTls = false }));
        Assert.Equal(EffectOutcomeKind.Failed, (await transport.SendAsync(Mail, CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task Where_encryption_is_wanted_nothing_but_the_wish_for_it_is_said_in_the_clear()
    {
        var (authority, certificate) = ScriptedSmtp.NewCertificates();
        var (outcome, conversation) = await SendAsync(new SmtpScript { Certificate = certificate }, AuthorityFile(authority), user: "relay");
        Assert.Equal(EffectOutcomeKind.Delivered, outcome.Kind);
        var clear = conversation.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("encrypted: ", StringComparison.Ordinal));
        Assert.Equal(["EHLO", "STARTTLS"], clear.Select(line => line.Split(' ')[0]));
        Assert.Contains("encrypted: AUTH PLAIN", conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_message()
    {
        var (_, certificate) = ScriptedSmtp.NewCertificates();
        var (outcome, conversation) = await SendAsync(new SmtpScript { Certificate = certificate }, AuthorityFile(ScriptedSmtp.NewCertificates().Authority), user: "relay");
        Assert.Equal(EffectOutcomeKind.Failed, outcome.Kind);
        Assert.DoesNotContain("AUTH", conversation, StringComparison.Ordinal);
        Assert.DoesNotContain("MAIL FROM", conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_will_not_encrypt_gets_nothing_and_is_tried_again()
    {
        var (outcome, conversation) = await SendAsync(new SmtpScript { StartTls = "502 not here" }, authorityFile: "", user: "relay");
        Assert.Equal(EffectOutcomeKind.Failed, outcome.Kind);
        Assert.DoesNotContain("AUTH", conversation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_the_merchants_trouble_and_no_verdict_on_the_message()
    {
        var (authority, certificate) = ScriptedSmtp.NewCertificates();
        var (outcome, _) = await SendAsync(new SmtpScript { Certificate = certificate, Password = "535 who are you" }, AuthorityFile(authority), user: "relay");
        Assert.Equal(EffectOutcomeKind.Failed, outcome.Kind);
        Assert.Contains("535", outcome.Error, StringComparison.Ordinal);
    }

    private static string AuthorityFile(System.Security.Cryptography.X509Certificates.X509Certificate2 authority)
    {
        var file = Path.Combine(Path.GetTempPath(), $"authority-{Guid.NewGuid():N}.pem");
        File.WriteAllText(file, authority.ExportCertificatePem());
        return file;
    }

    private static Task<(EffectOutcome Outcome, string Conversation)> SendAsync(SmtpScript script) => SendAsync(script, authorityFile: null, user: "");

    private static async Task<(EffectOutcome Outcome, string Conversation)> SendAsync(SmtpScript script, string? authorityFile, string user)
    {
        using var server = new ScriptedSmtp(script);
        var transport = new SmtpTransport(Options.Create(new MailOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            StartTls = authorityFile is not null,
            CertificateAuthority = authorityFile ?? "",
            User = user,
            Password = "secret",
        }));
        var outcome = await transport.SendAsync(Mail, CancellationToken.None);
        return (outcome, (await server.ConversationsAsync()).Single());
    }
}
