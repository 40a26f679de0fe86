using System.Net;
using System.Net.Sockets;

namespace CentralPay.Workflows.Benchmarks.Load;

/// <summary>A line to a server on this machine that brings every answer later, as one through a network does.</summary>
internal sealed class SlowLine : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly int target;
    private readonly TimeSpan later;
    private readonly Task accepting;

    public SlowLine(int target, TimeSpan later)
    {
        this.target = target;
        this.later = later;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
            {
                lines.Add(RelayAsync(await listener.AcceptTcpClientAsync(ending.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient { NoDelay = true })
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, ending.Token);
                await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), TimeSpan.Zero), CopyAsync(server.GetStream(), client.GetStream(), later));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
            {
                // One end hung up.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, TimeSpan after)
    {
        var bytes = new byte[64 * 1024];
        while (await from.ReadAsync(bytes, ending.Token) is var read and > 0)
        {
            if (after > TimeSpan.Zero)
            {
                await Task.Delay(after, ending.Token);
            }

            await to.WriteAsync(bytes.AsMemory(0, read), ending.Token);
        }
    }
}
