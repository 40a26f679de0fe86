using System.Text.Json;
using CentralPay.Workflows.Benchmarks.Processes;

namespace CentralPay.Workflows.EndToEnd.Running;

/// <summary>A plain SignalR client (npm's <c>@microsoft/signalr</c>) on the live feed with an API key.</summary>
internal sealed class LiveClient : IDisposable
{
    private readonly ChildProcess process;

    private LiveClient(ChildProcess process) => this.process = process;

    public static async Task<LiveClient> ConnectAsync(string address, string apiKey)
    {
        var folder = Path.Combine(Product.Root, "tests", "EndToEnd", "live");
        var process = ChildProcess.Start("node", ["live.mjs", address, apiKey], folder: folder);
        var client = new LiveClient(process);
        await Eventually.IsSoAsync($"The live client connects: {process.Output}", () => Task.FromResult(client.Messages("connected").Any()));
        return client;
    }

    public IEnumerable<JsonElement> Messages(string name) =>
        process.Lines.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(message => message.GetProperty("name").GetString() == name);

    /// <summary>The newest figures it saw; undefined before the first.</summary>
    public JsonElement Figures => Messages("figures").Select(message => message.GetProperty("payload")).LastOrDefault();

    public void Dispose() => process.Dispose();
}
