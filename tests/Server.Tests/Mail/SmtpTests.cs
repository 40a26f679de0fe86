using System.Net;
using System.Net.Sockets;
using System.Text;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Server.Mail;
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
        var (outcome, conversation) = await SendAsync(new Script());
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
        Assert.Equal(EffectOutcomeKind.Refused, (await SendAsync(new Script { Recipient = "550 no such mailbox" })).Outcome.Kind);

    [Fact]
    public async Task A_busy_server_is_tried_again() =>
        Assert.Equal(EffectOutcomeKind.Failed, (await SendAsync(new Script { Recipient = "451 try later" })).Outcome.Kind);

    [Fact]
    public async Task A_connection_lost_before_the_message_sent_nothing() =>
        Assert.Equal(EffectOutcomeKind.Failed, (await SendAsync(new Script { HangsUpAt = "DATA" })).Outcome.Kind);

    [Fact]
    public async Task A_connection_lost_after_the_message_may_have_sent_it() =>
        Assert.Equal(EffectOutcomeKind.Unknown, (await SendAsync(new Script { HangsUpAt = "." })).Outcome.Kind);

    [Fact]
    public async Task A_server_that_is_not_there_sent_nothing()
    {
        var transport = new SmtpTransport(Options.Create(new MailOptions { Host = "127.0.0.1", Port = FreePort(), StartTls = false }));
        Assert.Equal(EffectOutcomeKind.Failed, (await transport.SendAsync(Mail, CancellationToken.None)).Kind);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<(EffectOutcome Outcome, string Conversation)> SendAsync(Script script)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = ServeAsync(listener, script);
        var transport = new SmtpTransport(Options.Create(new MailOptions { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, StartTls = false }));
        var outcome = await transport.SendAsync(Mail, CancellationToken.None);
        return (outcome, await server);
    }

    private static async Task<string> ServeAsync(TcpListener listener, Script script)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        var conversation = new StringBuilder();
        await writer.WriteLineAsync("220 ready");
        var inData = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            conversation.Append(line).Append('\n');
            if (script.HangsUpAt == line)
            {
                break;
            }

            if (inData && line != ".")
            {
                continue;
            }

            inData = line == "DATA";
            await writer.WriteLineAsync(line switch
            {
                "DATA" => "354 go on",
                _ when line.StartsWith("RCPT", StringComparison.Ordinal) => script.Recipient,
                _ when line.StartsWith("EHLO", StringComparison.Ordinal) => "250-here\r\n250 SIZE 100000",
                "QUIT" => "221 bye",
                _ => "250 fine",
            });
            if (line == "QUIT")
            {
                break;
            }
        }

        return conversation.ToString();
    }

    private sealed record Script
    {
        public string Recipient { get; init; } = "250 fine";

        public string? HangsUpAt { get; init; }
    }
}
