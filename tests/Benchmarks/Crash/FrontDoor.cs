using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>A load balancer over the nodes: each connection goes to the next one that accepts it, and breaks with it.</summary>
internal sealed class FrontDoor : IDisposable
{
    private readonly IReadOnlyList<int> ports;
    private readonly Doorstep door;
    private int next;

    public FrontDoor(IReadOnlyList<int> ports)
    {
        this.ports = ports;
        door = new Doorstep(PassAsync);
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{door.Port}");

    public void Dispose() => door.Dispose();

    private async Task PassAsync(TcpClient caller)
    {
        using var node = await ConnectAsync();
        if (node is not null)
        {
            await Task.WhenAny(caller.GetStream().CopyToAsync(node.GetStream()), node.GetStream().CopyToAsync(caller.GetStream()));
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
