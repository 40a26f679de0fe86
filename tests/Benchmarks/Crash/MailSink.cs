using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>An SMTP server that takes everything and counts what it took, by Message-ID.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly Doorstep door;

    public MailSink() => door = new Doorstep(TalkAsync);

    public int Port => door.Port;

    /// <summary>How often each message arrived.</summary>
    public ConcurrentDictionary<string, int> Arrived { get; } = new(StringComparer.Ordinal);

    public void Dispose() => door.Dispose();

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Equals("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                if (await TakeAsync(reader) is not { } messageId)
                {
                    return;
                }

                Arrived.AddOrUpdate(messageId, 1, (_, times) => times + 1);
            }

            await writer.WriteLineAsync(line.Equals("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 fine");
        }
    }

    /// <summary>The Message-ID of a whole message; null where it broke off.</summary>
    private static async Task<string?> TakeAsync(StreamReader reader)
    {
        var messageId = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == ".")
            {
                return messageId;
            }

            if (line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))
            {
                messageId = line["Message-ID:".Length..].Trim().Trim('<', '>');
            }
        }

        return null;
    }
}
