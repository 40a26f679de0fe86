using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CentralPay.Workflows.Server.Mail;

/// <summary>
/// One conversation with an SMTP server (RFC 5321). The framework's client does not tell at which step it failed, and that is
/// what decides whether a message may be tried again: once the last dot is sent, a lost answer may hide a delivered message.
/// </summary>
internal sealed class SmtpConversation(MailOptions options) : IDisposable
{
    private readonly TcpClient connection = new() { NoDelay = true };
    private Stream stream = Stream.Null;

    /// <summary>Whether sender and recipient were named: a no before that is about us or the connection, a no after it about the message.</summary>
    public bool MessageBegun { get; private set; }

    /// <summary>Whether the whole message was handed over, so that a lost answer leaves the outcome unknown.</summary>
    public bool MessageHandedOver { get; private set; }

    public async Task SendAsync(string from, string to, byte[] message, CancellationToken cancellationToken)
    {
        await StepAsync(async step =>
        {
            await connection.ConnectAsync(options.Host, options.Port, step);
            stream = connection.GetStream();
        }, cancellationToken);
        await ExpectAsync(2, cancellationToken);
        await CommandAsync($"EHLO {Environment.MachineName}", 2, cancellationToken);
        if (options.StartTls)
        {
            await EncryptAsync(cancellationToken);
        }

        if (options.User.Length > 0)
        {
            var plain = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{options.User}\0{options.Password}"));
            await CommandAsync($"AUTH PLAIN {plain}", 2, cancellationToken, "AUTH PLAIN");
        }

        MessageBegun = true;
        await CommandAsync($"MAIL FROM:<{from}>", 2, cancellationToken);
        await CommandAsync($"RCPT TO:<{to}>", 2, cancellationToken);
        await CommandAsync("DATA", 3, cancellationToken);
        await StepAsync(async step => await stream.WriteAsync(Stuffed(message), step), cancellationToken);
        MessageHandedOver = true;
        await StepAsync(async step => await stream.WriteAsync("\r\n.\r\n"u8.ToArray(), step), cancellationToken);
        await ExpectAsync(2, cancellationToken, "DATA");
        await StepAsync(async step => await stream.WriteAsync("QUIT\r\n"u8.ToArray(), step), CancellationToken.None);
    }

    public void Dispose()
    {
        stream.Dispose();
        connection.Dispose();
    }

    private async Task EncryptAsync(CancellationToken cancellationToken)
    {
        await CommandAsync("STARTTLS", 2, cancellationToken);
        var encrypted = new SslStream(stream);
        await StepAsync(step => encrypted.AuthenticateAsClientAsync(Encryption(), step), cancellationToken);
        stream = encrypted;
        await CommandAsync($"EHLO {Environment.MachineName}", 2, cancellationToken);
    }

    private SslClientAuthenticationOptions Encryption()
    {
        if (options.CertificateAuthority.Length == 0)
        {
            return new SslClientAuthenticationOptions { TargetHost = options.Host };
        }

        var trusted = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trusted.CustomTrustStore.ImportFromPemFile(options.CertificateAuthority);
        return new SslClientAuthenticationOptions { TargetHost = options.Host, CertificateChainPolicy = trusted };
    }

    private async Task CommandAsync(string command, int expected, CancellationToken cancellationToken, string? shownAs = null)
    {
        await StepAsync(async step => await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), step), cancellationToken);
        await ExpectAsync(expected, cancellationToken, shownAs ?? command.Split(' ')[0]);
    }

    private async Task ExpectAsync(int expected, CancellationToken cancellationToken, string step = "greeting")
    {
        string line;
        do
        {
            line = await ReadLineAsync(cancellationToken);
        }
        while (line.Length > 3 && line[3] == '-');

        if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            throw new IOException($"The SMTP server answered '{line}' to {step}.");
        }

        if (code / 100 != expected)
        {
            throw new SmtpRefusalException(code, $"{step}: {line}");
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        const int mostCharacters = 2000;
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < mostCharacters)
        {
            var read = 0;
            await StepAsync(async step => read = await stream.ReadAsync(one, step), cancellationToken);
            if (read == 0)
            {
                throw new IOException("The SMTP server closed the connection.");
            }

            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        throw new IOException("The SMTP server's answer is too long.");
    }

    private async Task StepAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(options.StepTimeoutSeconds));
        try
        {
            await step(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The SMTP server did not answer within {options.StepTimeoutSeconds} s.");
        }
    }

    /// <summary>A line that begins with a dot gets another one (RFC 5321, 4.5.2).</summary>
    private static byte[] Stuffed(byte[] message)
    {
        var text = Encoding.Latin1.GetString(message).TrimEnd('\r', '\n').Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.StartsWith('.') ? "." + text : text);
    }
}

/// <summary>The SMTP server said no.</summary>
internal sealed class SmtpRefusalException(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
