using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CentralPay.Workflows.Server.Tests.Running;

namespace CentralPay.Workflows.Server.Tests.Live;

[Collection(HouseCollection.Name)]
public sealed class HubTests(House house)
{
    private const char EndOfMessage = '\u001e';

    [Fact]
    public async Task A_program_with_a_key_sees_figures_at_once_and_then_what_happens()
    {
        using var socket = await ConnectAsync(house.Key);
        var first = await NextAsync(socket, "figures");
        Assert.Equal("EUR", first.GetProperty("currency").GetString());
        await house.InvoiceAsync("HUB-1");
        var events = await NextAsync(socket, "events");
        Assert.Contains(events.EnumerateArray(), happened => happened.GetProperty("name").GetString() == "invoice.imported");
    }

    [Fact]
    public async Task Nobody_listens_without_a_key() =>
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("cpw_unknown0_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));

    private async Task<ClientWebSocket> ConnectAsync(string key)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{house.Address.Replace("http", "ws", StringComparison.Ordinal)}/hubs/collections?access_token={key}"), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes($"{{\"protocol\":\"json\",\"version\":1}}{EndOfMessage}"), WebSocketMessageType.Text, true, CancellationToken.None);
        return socket;
    }

    private static async Task<JsonElement> NextAsync(ClientWebSocket socket, string target)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, limit.Token);
            text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
            if (text[^1] != EndOfMessage)
            {
                continue;
            }

            foreach (var message in text.ToString().Split(EndOfMessage, StringSplitOptions.RemoveEmptyEntries))
            {
                var json = JsonSerializer.Deserialize<JsonElement>(message);
                if (json.TryGetProperty("target", out var name) && name.GetString() == target)
                {
                    return json.GetProperty("arguments")[0];
                }
            }

            text.Clear();
        }
    }
}
