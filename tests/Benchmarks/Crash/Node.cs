using System.Globalization;
using CentralPay.Workflows.Benchmarks.Processes;

namespace CentralPay.Workflows.Benchmarks.Crash;

/// <summary>One process of the product: the server or the sandbox, as it was built; it can be killed and started again.</summary>
internal sealed class Node(string name, string program, int port, IReadOnlyDictionary<string, string> settings, string readyPath) : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(5) };
    private ChildProcess? process;

    public int Port { get; } = port;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}");

    /// <summary>The memory it holds.</summary>
    public long ResidentBytes => process?.ResidentBytes ?? 0;

    /// <summary>The last lines that it printed.</summary>
    public string Output => process?.Output ?? "";

    /// <summary>Where a part of the product was built, in the configuration that this program was built in.</summary>
    public static string Built(string part, string assembly) => Path.Combine(Root, part, "bin", Configuration, "net10.0", assembly);

    /// <summary>Starts it; done when it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        process = ChildProcess.Start("dotnet", [program], new Dictionary<string, string>(settings) { ["Urls"] = Address, ["ASPNETCORE_ENVIRONMENT"] = "Development" }, Path.GetDirectoryName(program));
        while (!await AnswersAsync(cancellationToken))
        {
            if (process.HasExited || TimeProvider.System.GetElapsedTime(started) > LongestStart)
            {
                throw new InvalidOperationException($"The {name} did not start:\n{process.Output}");
            }

            await Task.Delay(Look, cancellationToken);
        }
    }

    /// <summary>Ends it with SIGKILL, as a power cut does.</summary>
    public void Kill()
    {
        process?.Dispose();
        process = null;
    }

    public void Dispose()
    {
        Kill();
        client.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(Address + readyPath, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CentralPay.Workflows.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("This runs inside the repository.");
    }
}
