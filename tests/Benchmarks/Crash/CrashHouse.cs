using System.Globalization;
using System.Text.Json.Nodes;
using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Benchmarks.Processes;
using CentralPay.Workflows.Tests.Shared;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>The product as processes of its own on one database, with a balancer before it, and gateway, mail server and ERP beside it.</summary>
internal sealed class CrashHouse : IAsyncDisposable
{
    private readonly MailSink mails = new();
    private readonly Node sandbox;
    private readonly FrontDoor door;
    private readonly SemaphoreSlim turn = new(1, 1);

    private CrashHouse(TestBed bed, CrashPlan plan, Erp erp)
    {
        Bed = bed;
        Erp = erp;
        var ports = Enumerable.Range(0, plan.Nodes).Select(_ => FreePort.Next()).ToArray();
        door = new FrontDoor(ports);
        var sandboxPort = FreePort.Next();
        var sandboxAddress = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{sandboxPort}");
        sandbox = new Node("sandbox", Node.Built("sandbox", "CentralPay.Workflows.Sandbox.dll"), sandboxPort, new Dictionary<string, string>
        {
            ["Sandbox__PublicUrl"] = sandboxAddress,
            ["Sandbox__Database"] = Path.Combine(bed.Folder, "sandbox.db"),
            ["Sandbox__WebhookRetry"] = "OneFiveThirtyThreeHundredSeconds",
        }, "/sandbox/clock");
        Nodes = [.. ports.Select((port, number) => new Node($"node {number + 1}", Node.Built("server", "CentralPay.Workflows.Server.dll"), port, Settings(bed, plan, sandboxAddress, seeds: number == 0), "/health/ready"))];
        Sandbox = new HttpClient { BaseAddress = new Uri(sandboxAddress) };
        Client = new HttpClient();
    }

    /// <summary>The hour, in UTC, at which the days of a run begin: ten in Paris in winter, before the bank's cut-off and with the whole day ahead.</summary>
    public static TimeSpan Morning { get; } = TimeSpan.FromHours(9);

    public TestBed Bed { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public Erp Erp { get; }

    public MailSink Mails => mails;

    /// <summary>The sandbox's own doors, that of the payer's bank among them.</summary>
    public HttpClient Sandbox { get; }

    /// <summary>A payer's browser, which stays where it is sent from.</summary>
    public HttpClient Payer { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    /// <summary>A program of the merchant, through the balancer; a connection for each call, as one that broke is not used again.</summary>
    public HttpClient Client { get; private set; }

    /// <summary>Everything up, on a weekday at ten in the morning, with an ERP that is told, and messages that leave at once.</summary>
    public static async Task<CrashHouse> OpenAsync(TestBed bed, CrashPlan plan, CancellationToken cancellationToken)
    {
        var house = new CrashHouse(bed, plan, await Erp.StartAsync(cancellationToken));
        try
        {
            await house.sandbox.StartAsync(cancellationToken);
            await house.Nodes[0].StartAsync(cancellationToken);
            await house.PrepareAsync();
            foreach (var other in house.Nodes.Skip(1))
            {
                await other.StartAsync(cancellationToken);
            }

            return house;
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does something to the nodes, with nobody else doing so.</summary>
    public async Task InTurnAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            await act();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Every node goes down, and comes up at an instant of another day; the first brings the gateway along.</summary>
    public Task NightAsync(Books books, DateTimeOffset morning, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            foreach (var node in Nodes)
            {
                node.Kill();
            }

            var offset = (morning - DateTimeOffset.UtcNow).Ticks / TimeSpan.TicksPerMicrosecond;
            await books.ChangeAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE clock_state SET offset_microseconds = {offset}"), cancellationToken);
            foreach (var node in Nodes)
            {
                await node.StartAsync(cancellationToken);
            }
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            node.Dispose();
        }

        sandbox.Dispose();
        door.Dispose();
        mails.Dispose();
        await Erp.DisposeAsync();
        Sandbox.Dispose();
        Payer.Dispose();
        Client.Dispose();
        turn.Dispose();
    }

    private async Task PrepareAsync()
    {
        var first = Nodes[0].Address;
        var secret = await BackOffice.IssueKeyAsync(first, "read", "invoices.import", "integrate", "tasks.work", "scenarios.draw");
        using (var program = BackOffice.WithKey(first, secret))
        {
            await BackOffice.PostAsync(program, "/dev/clock", new { to = TenOnAWeekday(await BackOffice.GetAsync(program, "/dev/clock")) });
            var policy = await BackOffice.GetAsync(program, "/api/v1/contact-policy");
            policy["gatherMinutes"] = 0;
            await BackOffice.PutAsync(program, "/api/v1/contact-policy", policy);
            await BackOffice.PostAsync(program, "/api/v1/webhook-endpoints", new { name = "ERP", url = Erp.Address });
        }

        Client.Dispose();
        Client = BackOffice.WithKey(door.Address, secret);
        Client.Timeout = TimeSpan.FromSeconds(30);
        Client.DefaultRequestHeaders.ConnectionClose = true;
    }

    // Reminders keep quiet hours.
    private static string TenOnAWeekday(JsonNode clock)
    {
        var morning = new DateTimeOffset(clock["now"]!.GetValue<DateTimeOffset>().UtcDateTime.Date.AddDays(1) + Morning, TimeSpan.Zero);
        while (morning.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            morning = morning.AddDays(1);
        }

        return morning.ToString("O", CultureInfo.InvariantCulture);
    }

    private Dictionary<string, string> Settings(TestBed bed, CrashPlan plan, string sandboxAddress, bool seeds) => new()
    {
        ["Storage__Provider"] = bed.Provider.ToString(),
        ["Storage__ConnectionString"] = bed.ConnectionString,
        ["Storage__BlobFolder"] = Path.Combine(bed.Folder, "blobs"),
        ["Demo__Seed"] = seeds ? "true" : "false",
        ["Sandbox__Run"] = seeds ? "true" : "false", // it answers already: the seed opens its accounts there
        ["Sandbox__Url"] = sandboxAddress,
        ["Sandbox__CallbackBaseUrl"] = door.Address,
        ["Payer__PublicUrl"] = door.Address,
        ["Drop__Folder"] = "",
        ["Mail__PickupDirectory"] = "",
        ["Mail__Host"] = "127.0.0.1",
        ["Mail__Port"] = string.Create(CultureInfo.InvariantCulture, $"{mails.Port}"),
        ["Mail__StartTls"] = "false",
        ["Engine__LeaseSeconds"] = Seconds(plan.Lease),
        ["Engine__MaxBurstSeconds"] = Seconds(plan.Lease / 2),
        ["Outbox__LeaseSeconds"] = Seconds(plan.Lease),
        ["RateLimits__ApiPerMinute"] = "1000000",
        ["RateLimits__WebhooksPerMinute"] = "1000000",
        ["RateLimits__SignInPerMinute"] = "1000000",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    private static string Seconds(TimeSpan span) => ((int)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
