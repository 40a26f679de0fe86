using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace CentralPay.Workflows.Sandbox.Tests.Running;

/// <summary>A sandbox on a free port and a database of its own, which can be stopped and started again.</summary>
public sealed class RunningSandbox : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _settings;
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false };
    private WebApplication _app = null!;

    private RunningSandbox(string[] settings)
    {
        _settings = settings;
        Address = FreeAddress();
        Http = new HttpClient(_handler) { BaseAddress = new Uri(Address) };
    }

    public string Address { get; }

    public string DatabasePath => Path.Combine(_folder.Path, "sandbox.db");

    /// <summary>A browser or a test: no credentials, follows no redirect.</summary>
    public HttpClient Http { get; }

    public static async Task<RunningSandbox> StartAsync(params string[] settings)
    {
        var sandbox = new RunningSandbox(settings);
        await sandbox.StartAgainAsync();
        await sandbox.OpenAccountAsync("atelier");
        return sandbox;
    }

    public static string FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
    }

    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async Task StartAgainAsync()
    {
        _app = await SandboxHost.BuildAsync(
            ["--environment", "Development", "--Urls", Address, "--Sandbox:PublicUrl", Address, "--Sandbox:Database", DatabasePath, .. _settings]);
        await _app.StartAsync();
    }

    public async Task OpenAccountAsync(string login, string? webhookUrl = null)
    {
        var settings = new { password = $"{login}-password", webhookUrl, webhookSecret = webhookUrl is null ? null : Secret, merchantName = "Atelier Dupré" };
        (await Http.PutAsJsonAsync($"/sandbox/accounts/{login}", settings)).EnsureSuccessStatusCode();
    }

    /// <summary>A client of the API, signed in as this account.</summary>
    public HttpClient Api(string login = "atelier", string? password = null)
    {
        var client = new HttpClient(_handler, disposeHandler: false) { BaseAddress = new Uri(Address + "/v2/rest/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password ?? login + "-password"}")));
        return client;
    }

    /// <summary>A request over 120 EUR by card or transfer, changed as the test needs; a null value leaves a field out.</summary>
    public static List<KeyValuePair<string, string>> Form(params (string Name, string? Value)[] changes)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("paymentMethod[]", "TRANSACTION"), new("paymentMethod[]", "SCT"), new("currency", "EUR"), new("totalAmount", "12000"),
            new("breakdown[]", """{"amount":12000,"email":"marie@example.fr"}"""), new("merchantPaymentRequestId", "F-2026-001"),
        ];
        foreach (var name in changes.Select(change => change.Name).Distinct()) form.RemoveAll(field => field.Key == name);
        form.AddRange(changes.Where(change => change.Value is not null).Select(change => new KeyValuePair<string, string>(change.Name, change.Value!)));
        return form;
    }

    public async Task<JsonNode> CreateAsync(params (string Name, string? Value)[] changes) => await JsonAsync(await PostAsync("paymentRequest", Form(changes)));

    public Task<HttpResponseMessage> PostAsync(string address, IEnumerable<KeyValuePair<string, string>>? form = null, string? key = null, string login = "atelier")
    {
        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form ?? []) };
        if (key is not null) message.Headers.Add("Idempotence-Key", key);
        return Api(login).SendAsync(message);
    }

    public async Task<JsonNode> GetAsync(string address, string login = "atelier") => await JsonAsync(await Api(login).GetAsync(address));

    public async Task<JsonNode> InsideAsync(string address) => await JsonAsync(await Http.GetAsync("/sandbox/" + address));

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    public static async Task<JsonNode> ErrorsAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!["errors"]!;
    }

    public async Task<HttpResponseMessage> PayAsync(JsonNode request, string number = "4556 5579 5572 6624", int breakdown = 0, params (string Name, string Value)[] more)
    {
        var fields = new Dictionary<string, string> { ["number"] = number, ["expiry"] = "12/49", ["cvc"] = "123", ["holder"] = "Marie Dupont" };
        foreach (var (name, value) in more) fields[name] = value;
        return await Http.PostAsync(request["breakdowns"]![breakdown]!["endpoint"]!.GetValue<string>(), new FormUrlEncodedContent(fields));
    }

    public Task<HttpResponseMessage> TransferAsync(JsonNode request, long amountMinor, string? iban = null) => Http.PostAsJsonAsync("/sandbox/bank/transfers", new
    {
        iban = iban ?? request["virtualIban"]!.GetValue<string>(),
        amountMinor,
        currency = "EUR",
        debtorName = "Dupont SARL",
        debtorIban = "FR14 2004 1010 0505 0001 3M02 606",
        remittance = "facture F-2026-001",
        endToEndId = "E2E-1",
    });

    public async Task<DateTimeOffset> NowAsync() => (await InsideAsync("clock"))["now"]!.GetValue<DateTimeOffset>();

    public async Task<JsonNode> MoveToAsync(DateTimeOffset now) =>
        await JsonAsync(await Http.PostAsJsonAsync("/sandbox/clock", new { now }));

    public async Task<JsonNode> MoveByAsync(TimeSpan step) => await MoveToAsync(await NowAsync() + step);

    /// <summary>All that is due now is done when this returns; it costs one second of business time.</summary>
    public Task DrainAsync() => MoveByAsync(TimeSpan.FromSeconds(1));

    public async Task SwitchOnAsync(string fault, string? match = null, int times = 1, int? delayMilliseconds = null) =>
        (await Http.PostAsJsonAsync("/sandbox/faults", new { fault, match, times, delayMilliseconds })).EnsureSuccessStatusCode();

    public static string Instant(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);

    public static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        _handler.Dispose();
        _folder.Dispose();
    }
}
