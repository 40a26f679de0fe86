using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CentralPay.Workflows.Server.Tests.Mail;

/// <summary>How an SMTP server behaves.</summary>
internal sealed record SmtpScript
{
    /// <summary>What it says to a recipient.</summary>
    public string Recipient { get; init; } = "250 fine";

    /// <summary>What it says to STARTTLS before it encrypts.</summary>
    public string StartTls { get; init; } = "220 go on";

    /// <summary>What it says to a password.</summary>
    public string Password { get; init; } = "235 welcome";

    /// <summary>The line after which it closes the connection.</summary>
    public string? HangsUpAt { get; init; }

    /// <summary>What it shows when the connection is encrypted.</summary>
    public X509Certificate2? Certificate { get; init; }
}

/// <summary>An SMTP server that does as it is told, one connection after the other: what a real one would not do on demand.</summary>
internal sealed class ScriptedSmtp : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<string> conversations = [];
    private readonly Task serving;
    private volatile SmtpScript script;

    public ScriptedSmtp(SmtpScript script)
    {
        this.script = script;
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How it behaves from the next connection on.</summary>
    public SmtpScript Script { set => script = value; }

    /// <summary>What was said to it, a text for each connection that has ended.</summary>
    public async Task<IReadOnlyList<string>> ConversationsAsync()
    {
        listener.Stop();
        await serving;
        return conversations;
    }

    public void Dispose() => listener.Dispose();

    /// <summary>A certificate for 127.0.0.1 and the authority that signed it.</summary>
    public static (X509Certificate2 Authority, X509Certificate2 Server) NewCertificates()
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var authority = authorityRequest.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mail.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, from, to, [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(key);
        return (authority, X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null));
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            using (client)
            {
                var said = new StringBuilder();
                try
                {
                    await ConverseAsync(client.GetStream(), script, said);
                }
                catch (IOException)
                {
                    // The client went away; what it said until then counts.
                }

                conversations.Add(said.ToString());
            }
        }
    }

    private static async Task ConverseAsync(Stream connection, SmtpScript script, StringBuilder said)
    {
        var stream = connection;
        await AnswerAsync(stream, "220 ready");
        var inData = false;
        while (await ReadLineAsync(stream) is { } line)
        {
            said.Append(stream is SslStream ? "encrypted: " : "").Append(line).Append('\n');
            if (script.HangsUpAt == line)
            {
                return;
            }

            if (inData && line != ".")
            {
                continue;
            }

            inData = line == "DATA";
            await AnswerAsync(stream, line switch
            {
                "DATA" => "354 go on",
                "STARTTLS" => script.StartTls,
                _ when line.StartsWith("AUTH", StringComparison.Ordinal) => script.Password,
                _ when line.StartsWith("RCPT", StringComparison.Ordinal) => script.Recipient,
                _ when line.StartsWith("EHLO", StringComparison.Ordinal) => "250-here\r\n250 SIZE 100000",
                "QUIT" => "221 bye",
                _ => "250 fine",
            });
            if (line == "QUIT")
            {
                return;
            }

            if (line == "STARTTLS" && script is { Certificate: { } certificate, StartTls: ['2', ..] })
            {
                var encrypted = new SslStream(connection);
                await encrypted.AuthenticateAsServerAsync(certificate);
                stream = encrypted;
            }
        }
    }

    private static async Task AnswerAsync(Stream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));

    // Byte by byte: what follows STARTTLS must be left for the encryption.
    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}
