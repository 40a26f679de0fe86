using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CentralPay.Workflows.Tests.Shared;

/// <summary>
/// Ports for servers that are started soon, or again. They lie below those that the system gives to outgoing connections
/// (32768 and up on Linux): one of these may be taken by a client between the asking and the listening.
/// </summary>
internal static class FreePort
{
    private const int First = 12_000;
    private const int Last = 32_000;
    private static readonly ConcurrentDictionary<int, bool> given = new();

    /// <summary>A port nobody listens on now, and that this process was not given before.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (given.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
