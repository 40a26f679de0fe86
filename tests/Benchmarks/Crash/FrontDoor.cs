using System.Net;
using System.Net.Sockets;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>A load balancer over the nodes: each connection goes to the next one that accepts it, and breaks with it.</summary>
internal sealed class FrontDoor : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyList<int> ports;
    private readonly Task serving;
    private int next;

    public FrontDoor(IReadOnlyList<int> ports)
    {
        this.ports = ports;
        listener.Start();
        serving = ServeAsync();
    }

    public string Address => $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public void Dispose()
    {
        listener.Dispose();
        serving.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                _ = PassAsync(await listener.AcceptTcpClientAsync());
            }
            catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(TcpClient caller)
    {
        using (caller)
        {
            try
            {
                using var node = await ConnectAsync();
                if (node is not null)
                {
                    await Task.WhenAny(caller.GetStream().CopyToAsync(node.GetStream()), node.GetStream().CopyToAsync(caller.GetStream()));
                }
            }
            catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The caller sees a broken connection, as with any balancer whose node died.
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        for (var tried = 0; tried < ports.Count; tried++)
        {
            var port = ports[(int)((uint)Interlocked.Increment(ref next) % (uint)ports.Count)];
            var node = new TcpClient();
            try
            {
                await node.ConnectAsync(IPAddress.Loopback, port);
                return node;
            }
            catch (SocketException)
            {
                node.Dispose();
            }
        }

        return null;
    }
}
