extern alias sandbox;

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Clock;
using CentralPay.Workflows.Server.Composition;
using CentralPay.Workflows.Server.Demo;
using CentralPay.Workflows.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SandboxHost = sandbox::CentralPay.Workflows.Sandbox.SandboxHost;

namespace CentralPay.Workflows.Server.Tests.Running;

/// <summary>The whole server on a database of its own, with the sandbox beside it, both over real HTTP.</summary>
public sealed class House : IAsyncLifetime
{
    private static readonly DemoMerchant First = DemoMerchants.All[0];
    private static readonly DemoMerchant Second = DemoMerchants.All[1];
    private readonly string folder = Directory.CreateTempSubdirectory("house-").FullName;
    private WebApplication? sandbox;
    private WebApplication? server;

    public string Address { get; } = $"http://127.0.0.1:{FreePort.Next()}";

    public string SandboxAddress { get; } = $"http://127.0.0.1:{FreePort.Next()}";

    public Guid MerchantId { get; } = First.Id;

    /// <summary>Settings beside the usual ones, as <c>--Section:Key=value</c>; the last of a key counts.</summary>
    public IReadOnlyList<string> MoreSettings { get; init; } = [];

    public string MailFolder => Path.Combine(folder, "mail");

    /// <summary>The drop folder that the server watches. Whoever may not write where every folder above it is the system's own gets it elsewhere: sshd jails nobody there.</summary>
    public string DropFolder { get; } = Path.Combine(Directory.CreateDirectory(Path.Combine(Environment.UserName == "root" ? "/run" : Path.GetTempPath(), $"centralpay-drop-{Guid.NewGuid():N}")).FullName, "drop");

    public IServiceProvider Services => server!.Services;

    /// <summary>A client with a key of the first demo merchant that may do everything.</summary>
    public HttpClient Api { get; private set; } = new();

    /// <summary>A client with a key of another merchant.</summary>
    public HttpClient Stranger { get; private set; } = new();

    /// <summary>A client that nobody signed in.</summary>
    public HttpClient Nobody { get; private set; } = new();

    public HttpClient Sandbox { get; private set; } = new();

    public string Key { get; private set; } = "";

    /// <summary>What stands in for Twilio.</summary>
    public TwilioStandIn Twilio { get; } = new(FreePort.Next());

    /// <summary>Business time.</summary>
    public DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();

    public async Task InitializeAsync()
    {
        await Twilio.StartAsync();
        sandbox = await SandboxHost.BuildAsync(["--environment=Development", $"--Urls={SandboxAddress}", $"--Sandbox:PublicUrl={SandboxAddress}", $"--Sandbox:Database={Path.Combine(folder, "sandbox.db")}"]);
        await sandbox.StartAsync();
        server = await ServerHost.BuildAsync(new WebApplicationOptions
        {
            EnvironmentName = "Development",
            ApplicationName = "CentralPay.Workflows.Server",
            ContentRootPath = AppContext.BaseDirectory,
            Args =
            [
                $"--Urls={Address}", $"--Payer:PublicUrl={Address}", "--Demo:Seed=true", "--TimeMachine:Enabled=true", "--Sandbox:Run=true", $"--Sandbox:Url={SandboxAddress}",
                $"--Storage:ConnectionString=Data Source={Path.Combine(folder, "house.db")}", $"--Storage:BlobFolder={Path.Combine(folder, "blobs")}", $"--Mail:PickupDirectory={MailFolder}",
                $"--Sms:BaseUrl={Twilio.Address}", $"--Sms:AccountSid={TwilioStandIn.AccountSid}", $"--Sms:AuthToken={TwilioStandIn.AuthToken}", $"--Sms:From={TwilioStandIn.From}", "--Sms:TimeoutSeconds=2",
                $"--Drop:Folder={DropFolder}", "--Drop:StableSeconds=1", "--Drop:PollSeconds=1",
                "--Gateway:TimeoutSeconds=2", "--Logging:LogLevel:Default=Warning", "--RateLimits:ApiPerMinute=100000", "--RateLimits:PayerPerMinute=100000",
                .. MoreSettings,
            ],
        });
        await server.StartAsync();
        Sandbox = Client(SandboxAddress);
        Nobody = Client(Address);
        Key = await IssueKeyAsync(First.Id, Permissions.All);
        Api = WithKey(Key);
        Stranger = WithKey(await IssueKeyAsync(Second.Id, Permissions.All));
    }

    public async Task DisposeAsync()
    {
        foreach (var client in new[] { Api, Stranger, Nobody, Sandbox })
        {
            client.Dispose();
        }

        await server!.DisposeAsync();
        await sandbox!.DisposeAsync();
        await Twilio.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        Directory.Delete(Path.GetDirectoryName(DropFolder)!, recursive: true);
    }

    public HttpClient WithKey(string key)
    {
        var client = Client(Address);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return client;
    }

    public async Task<string> IssueKeyAsync(Guid merchantId, IReadOnlyList<string> scopes)
    {
        await using var scope = Services.GetRequiredService<IMerchantScopes>().Open(merchantId, Actor.System);
        return (await scope.Services.GetRequiredService<ApiKeys>().IssueAsync("test", scopes)).Secret;
    }

    public IMerchantScope Open() => Services.GetRequiredService<IMerchantScopes>().Open(MerchantId, Actor.System);

    /// <summary>Everything that can be done at the present business instant is done, whoever does it.</summary>
    public Task SettleAsync() =>
        Services.GetRequiredService<Settling>().RunAsync(Services.GetRequiredService<TimeProvider>().GetUtcNow(), CancellationToken.None);

    /// <summary>Moves business time ahead, with all that falls due on the way.</summary>
    public async Task LaterAsync(TimeSpan time)
    {
        var machine = Services.GetRequiredService<Payments.Calendars.ITimeMachine>();
        await machine.MoveToAsync(machine.Now + time, null);
    }

    /// <summary>Brings one invoice in and waits until its case has opened a payment request at the gateway.</summary>
    public async Task<(JsonElement Invoice, JsonElement Request)> InvoiceAsync(string number, long amountMinor = 12000, string email = "payer@example.test")
    {
        var today = DateOnly.FromDateTime(Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var answer = await Api.PostAsJsonAsync("/api/v1/invoices", new
        {
            number,
            customerNumber = $"C-{number}",
            customerName = "Zoé Lambert",
            customerEmail = email,
            issueDate = today,
            dueDate = today.AddDays(10),
            amountMinor,
            description = "Lampes",
            language = "fr",
        });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var invoice = await answer.Content.ReadFromJsonAsync<JsonElement>();
        await SettleAsync();
        var requests = await Api.GetFromJsonAsync<JsonElement>($"/api/v1/payment-requests?invoiceId={invoice.GetProperty("id").GetGuid()}");
        return (invoice, requests.GetProperty("data")[0]);
    }

    public Task<JsonElement> GetAsync(string path) => Api.GetFromJsonAsync<JsonElement>(path)!;

    /// <summary>A card is accepted on the sandbox's page of a payment request.</summary>
    public async Task PayByCardAsync(JsonElement request)
    {
        var endpoint = await EndpointAsync(request.GetProperty("id").GetGuid());
        using var payer = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var answer = await payer.PostAsync(endpoint, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["attempt"] = Guid.NewGuid().ToString(),
            ["number"] = "4556557955726624",
            ["expiry"] = "12/39",
            ["cvc"] = "123",
            ["holder"] = "Zoé Lambert",
        }));
        Assert.True((int)answer.StatusCode is 302 or 303, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task<Uri> EndpointAsync(Guid requestId)
    {
        await using var scope = Open();
        var request = await scope.Records.FindAsync<Payments.Requests.PaymentRequest>(requestId);
        return new Uri(request!.GatewayEndpoint!);
    }

    /// <summary>The sandbox tells its webhooks that are due.</summary>
    public async Task TellWebhooksAsync()
    {
        // On a busy machine the second may be over before it is asked for.
        for (var seconds = 1; ; seconds *= 4)
        {
            var now = (await Sandbox.GetFromJsonAsync<JsonElement>("/sandbox/clock")).GetProperty("now").GetDateTimeOffset();
            var answer = await Sandbox.PostAsJsonAsync("/sandbox/clock", new { now = now.AddSeconds(seconds) });
            if (answer.StatusCode != HttpStatusCode.BadRequest || seconds > 60)
            {
                answer.EnsureSuccessStatusCode();
                return;
            }
        }
    }

    private static HttpClient Client(string address) => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(address) };
}

[CollectionDefinition(Name)]
public sealed class HouseCollection : ICollectionFixture<House>
{
    public const string Name = "house";
}
