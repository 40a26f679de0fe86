using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CentralPay.Workflows.EndToEnd.Running;

/// <summary>The merchant's ERP: takes callbacks once it is up, and checks their signature as Standard Webhooks says.</summary>
internal sealed class ErpReceiver(int port, string secret) : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<Callback> callbacks = new();

    public string Url => $"http://127.0.0.1:{port}/erp/";

    public IReadOnlyCollection<Callback> Callbacks => callbacks;

    public void ComeUp()
    {
        listener.Prefixes.Add(Url);
        listener.Start();
        _ = TakeAsync();
    }

    public void Dispose() => listener.Close();

    private async Task TakeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            var id = context.Request.Headers["webhook-id"] ?? "";
            var signed = IsSigned(id, context.Request.Headers["webhook-timestamp"] ?? "", context.Request.Headers["webhook-signature"] ?? "", body);
            callbacks.Enqueue(new Callback(id, signed, JsonDocument.Parse(body).RootElement));
            context.Response.StatusCode = 204;
            context.Response.Close();
        }
    }

    private bool IsSigned(string id, string timestamp, string signature, string body)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
        return signature.Split(' ').Contains(expected);
    }
}

/// <summary>A callback as the ERP took it.</summary>
internal sealed record Callback(string Id, bool Signed, JsonElement Body)
{
    public string Type => Body.GetProperty("type").GetString()!;

    public string InvoiceNumber => Body.GetProperty("data").GetProperty("invoice").GetProperty("number").GetString()!;
}
