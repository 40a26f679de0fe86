using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Drop;

/// <summary>Watches the drop folder: the system's news of changes is a hint to look at once, the slow poll is the truth.</summary>
internal sealed class DropHost(IServiceProvider services, DropIntake intake, IOptions<DropOptions> options, IHostEnvironment environment, ILogger<DropHost> log) : BackgroundService
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim hint = new(0, 1);

    public override void Dispose()
    {
        hint.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Folder.Length == 0)
        {
            return;
        }

        var folder = Path.GetFullPath(options.Value.Folder, environment.ContentRootPath);
        var stable = TimeSpan.FromSeconds(Math.Max(0, options.Value.StableSeconds));
        var poll = TimeSpan.FromSeconds(Math.Max(1, options.Value.PollSeconds));
        var round = ActivatorUtilities.CreateInstance<DropRound>(services, intake, new DropArrivals(stable, TimeProvider.System), folder, log);
        Directory.CreateDirectory(folder);
        using var watcher = Watch(folder);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await round.RunAsync(stoppingToken);
                await hint.WaitAsync(round.AreAnyPending && stable < poll ? Longest(stable, Shortest) : poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "The drop folder {Folder} could not be read; the next look comes in {Poll}.", folder, poll);
                await Task.Delay(poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private FileSystemWatcher? Watch(string folder)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
            watcher.Created += (_, _) => Hint();
            watcher.Renamed += (_, _) => Hint();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (IOException failure)
        {
            // Systems limit how much may be watched; polling finds everything, only later.
            log.LogWarning(failure, "The system does not tell of changes in {Folder}; it is looked at every {Poll} s.", folder, options.Value.PollSeconds);
            return null;
        }
    }

    private void Hint()
    {
        try
        {
            hint.Release();
        }
        catch (Exception full) when (full is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody said so already, or nobody listens any more.
        }
    }

    private static TimeSpan Longest(TimeSpan left, TimeSpan right) => left > right ? left : right;
}

/// <summary>Puts the drop folder together.</summary>
internal static class DropParts
{
    public static void AddDrop(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<DropOptions>(builder.Configuration.GetSection("Drop"));
        builder.Services.AddSingleton<DropIntake>();
        builder.Services.AddHostedService<DropHost>();
    }
}
