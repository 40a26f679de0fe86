using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>The merchant's ERP: takes callbacks, and notes what it was told under which id. A callback told twice under one id is one.</summary>
internal sealed class Erp : IAsyncDisposable
{
    private readonly WebApplication app;

    private Erp(WebApplication app, string address)
    {
        this.app = app;
        Address = address;
    }

    public string Address { get; }

    /// <summary>What was told, by the id of the callback.</summary>
    public ConcurrentDictionary<string, string> Told { get; } = new(StringComparer.Ordinal);

    /// <summary>Callbacks that came under a known id with another body: never to happen.</summary>
    public ConcurrentBag<string> Contradictions { get; } = [];

    /// <summary>How many callbacks came, repeats included.</summary>
    public int Calls => Volatile.Read(ref calls);

    private int calls;

    public static async Task<Erp> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        Erp? erp = null;
        app.MapPost("/centralpay", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            erp!.Take(context.Request.Headers["webhook-id"].ToString(), await reader.ReadToEndAsync(context.RequestAborted));
            return Results.Ok();
        });
        await app.StartAsync(cancellationToken);
        erp = new Erp(app, $"{app.Urls.First()}/centralpay");
        return erp;
    }

    /// <summary>How many different callbacks told an event.</summary>
    public int CountOf(string type) => Told.Values.Count(body =>
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("type", out var told) && told.GetString() == type;
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Take(string id, string body)
    {
        Interlocked.Increment(ref calls);
        if (Told.GetOrAdd(id, body) != body)
        {
            Contradictions.Add(id);
        }
    }
}
