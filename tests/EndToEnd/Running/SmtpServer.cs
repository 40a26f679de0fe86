using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Benchmarks.Processes;
using CentralPay.Workflows.Tests.Shared;

namespace CentralPay.Workflows.EndToEnd.Running;

/// <summary>A real SMTP server (aiosmtpd) that keeps what it takes in a Maildir.</summary>
internal sealed partial class SmtpServer : IDisposable
{
    private readonly string mailbox;
    private readonly ChildProcess process;

    private SmtpServer(int port, string mailbox, ChildProcess process)
    {
        Port = port;
        this.mailbox = mailbox;
        this.process = process;
    }

    public int Port { get; }

    public static async Task<SmtpServer> StartAsync(string folder)
    {
        var port = FreePort.Next();
        var mailbox = Path.Combine(folder, "mailbox");
        var process = ChildProcess.Start(
            "/usr/bin/aiosmtpd",
            ["-n", "-l", $"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Mailbox", mailbox]);
        await Eventually.IsSoAsync("The SMTP server listens", () => ListensAsync(port));
        return new SmtpServer(port, mailbox, process);
    }

    /// <summary>The mails taken so far.</summary>
    public IReadOnlyList<Mail> Mails() =>
        Directory.Exists(Path.Combine(mailbox, "new"))
            ? [.. Directory.GetFiles(Path.Combine(mailbox, "new")).Select(file => Mail.Read(File.ReadAllText(file, Encoding.Latin1)))]
            : [];

    public void Dispose() => process.Dispose();

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>A mail as it arrived: its headers, and its text and pictures decoded.</summary>
internal sealed partial record Mail(string To, string Subject, string MessageId, string Text, bool HasPicture)
{
    /// <summary>The addresses of the payment pages the mail links to, one for each invoice.</summary>
    public IReadOnlyList<string> PaymentPages => [.. PayLink().Matches(Text).Select(link => link.Value).Distinct()];

    public static Mail Read(string raw)
    {
        var unfolded = Folding().Replace(raw[..raw.IndexOf("\n\n", StringComparison.Ordinal)], " ");
        var text = new StringBuilder();
        foreach (Match part in Part().Matches(raw))
        {
            text.AppendLine(Decode(part.Groups["encoding"].Value, part.Groups["body"].Value));
        }

        return new Mail(
            Header(unfolded, "To"),
            DecodeWords(Header(unfolded, "Subject")),
            Header(unfolded, "Message-ID"),
            text.Length > 0 ? text.ToString() : raw,
            raw.Contains("image/png", StringComparison.OrdinalIgnoreCase));
    }

    private static string Header(string headers, string name) =>
        Regex.Match(headers, $"^{name}: *(.*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase).Groups[1].Value.Trim();

    private static string Decode(string encoding, string body) => encoding.ToLowerInvariant() switch
    {
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(Regex.Replace(body, @"[^A-Za-z0-9+/=]", ""))),
        "quoted-printable" => QuotedPrintable(body.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal)),
        _ => body,
    };

    private static string QuotedPrintable(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length)
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string DecodeWords(string header) => EncodedWord().Replace(header, word =>
        word.Groups[1].Value is "B" or "b"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[2].Value))
            : QuotedPrintable(word.Groups[2].Value.Replace('_', ' ')));

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Folding();

    [GeneratedRegex(@"Content-Type: *text/[^\n]*\n(?:[A-Za-z-]+:[^\n]*\n|[ \t][^\n]*\n)*?Content-Transfer-Encoding: *(?<encoding>[A-Za-z0-9-]+)[^\n]*\n(?:[A-Za-z-]+:[^\n]*\n|[ \t][^\n]*\n)*\n(?<body>.*?)(?=\n--|\z)", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Part();

    [GeneratedRegex(@"https?://[^\s""<>]*/pay/[A-Za-z0-9_-]{22}")]
    private static partial Regex PayLink();

    [GeneratedRegex(@"=\?utf-8\?([QqBb])\?([^?]*)\?=\s*", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();
}
