using System.Net;
using System.Net.Sockets;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>A port of this machine, and what is done with each connection that comes to it.</summary>
internal sealed class Doorstep : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<TcpClient, Task> serve;
    private readonly Task serving;

    public Doorstep(Func<TcpClient, Task> serve)
    {
        this.serve = serve;
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

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
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
            }
            catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await serve(client);
            }
            catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // One side died: the other sees a broken connection, as it would.
            }
        }
    }
}
