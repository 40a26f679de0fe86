using System.Text.Json.Nodes;
using CentralPay.Workflows.Benchmarks.Processes;
using CentralPay.Workflows.Tests.Shared;

namespace CentralPay.Workflows.EndToEnd.Running;

/// <summary>The whole product as a newcomer starts it: the server, which starts the sandbox, on free ports and an empty folder, with a real SMTP server.</summary>
internal sealed class Product : IAsyncDisposable
{
    public const string Password = BackOffice.Password;

    private readonly string folder = Directory.CreateTempSubdirectory("centralpay-story-").FullName;
    private readonly Dictionary<string, string> settings;
    private readonly Func<ValueTask> afterwards;
    private ChildProcess? server;

    private Product(SmtpServer mails, Dictionary<string, string> more, Func<ValueTask> afterwards)
    {
        Mails = mails;
        this.afterwards = afterwards;
        Address = $"http://localhost:{FreePort.Next()}";
        SandboxAddress = $"http://localhost:{FreePort.Next()}";
        settings = new Dictionary<string, string>(more)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Urls"] = Address,
            ["Storage__BlobFolder"] = Path.Combine(folder, "blobs"),
            ["Sandbox__Url"] = SandboxAddress,
            ["Sandbox__Database"] = Path.Combine(folder, "sandbox.db"),
            ["Payer__PublicUrl"] = Address,
            ["Drop__Folder"] = DropFolder,
            ["Drop__StableSeconds"] = "1",
            ["Drop__PollSeconds"] = "1",
            ["Mail__PickupDirectory"] = "",
            ["Mail__Host"] = "127.0.0.1",
            ["Mail__Port"] = $"{mails.Port}",
            ["Mail__StartTls"] = "false",
        };
        settings.TryAdd("Storage__ConnectionString", $"Data Source={Path.Combine(folder, "story.db")}");
        Sandbox = new HttpClient { BaseAddress = new Uri(SandboxAddress) };
    }

    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    public string Address { get; }

    public string SandboxAddress { get; }

    /// <summary>Where a merchant's programs put files, by the merchant's short name.</summary>
    public string DropFolder => Path.Combine(folder, "drop");

    public SmtpServer Mails { get; }

    public HttpClient Sandbox { get; }

    public string Output => server?.Output ?? "";

    public static async Task<Product> StartAsync(Dictionary<string, string>? more = null, Func<ValueTask>? afterwards = null)
    {
        var mailFolder = Directory.CreateTempSubdirectory("centralpay-mails-").FullName;
        var product = new Product(await SmtpServer.StartAsync(mailFolder), more ?? [], afterwards ?? (() => ValueTask.CompletedTask));
        await product.StartServerAsync();
        return product;
    }

    /// <summary>Starts the server; the second time on the data of the first.</summary>
    public async Task StartServerAsync()
    {
        var program = Path.Combine(Root, "server", "bin", Configuration, "net10.0", "CentralPay.Workflows.Server.dll");
        server = ChildProcess.Start("dotnet", [program], settings, Path.Combine(Root, "server"));
        using var client = new HttpClient();
        await Eventually.IsSoAsync("The server is ready", async () =>
        {
            Assert.False(server.HasExited, $"The server ended:\n{server.Output}");
            try
            {
                return (await client.GetAsync($"{Address}/health/ready")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>Ends the server at once, as a power cut does.</summary>
    public void Kill()
    {
        server?.Dispose();
        server = null;
    }

    /// <summary>A browserless sign-in: the cookie of a person.</summary>
    public Task<HttpClient> SignInAsync(string email) => BackOffice.SignInAsync(Address, email);

    /// <summary>A machine's client, with an API key issued by the administrator.</summary>
    public async Task<(HttpClient Client, string Secret)> IssueKeyAsync(params string[] scopes)
    {
        var secret = await BackOffice.IssueKeyAsync(Address, scopes);
        return (BackOffice.WithKey(Address, secret), secret);
    }

    public static Task<JsonNode> PostAsync(HttpClient client, string path, object body) => BackOffice.PostAsync(client, path, body);

    public static Task<JsonNode> GetAsync(HttpClient client, string path) => BackOffice.GetAsync(client, path);

    public async ValueTask DisposeAsync()
    {
        Kill();
        Sandbox.Dispose();
        Mails.Dispose();
        await afterwards();
        Directory.Delete(folder, recursive: true);
    }

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CentralPay.Workflows.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }
}
