using System.Diagnostics;
using System.Globalization;
using CentralPay.Workflows.Tests.Shared;

namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>A PostgreSQL of our own on a free port, with its default settings; gone at the end.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private readonly string binaries;
    private readonly string folder;

    private PostgresCluster(string binaries, string folder, int port)
    {
        this.binaries = binaries;
        this.folder = folder;
        ConnectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres");
    }

    public string ConnectionString { get; }

    private string Data => Path.Combine(folder, "data");

    /// <summary>Its first process, whose children serve the connections.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Starts one with the newest PostgreSQL that Debian's packages installed; null where there is none.</summary>
    public static async Task<PostgresCluster?> StartAsync(CancellationToken cancellationToken)
    {
        const string Root = "/usr/lib/postgresql";
        var binaries = OperatingSystem.IsWindows() || !Directory.Exists(Root) ? null : Directory.EnumerateDirectories(Root)
            .OrderBy(version => double.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));
        if (OperatingSystem.IsWindows() || binaries is null)
        {
            return null;
        }

        // The server's own user must reach the folder, which root's temporary folders do not allow.
        var folder = Directory.CreateTempSubdirectory("centralpay-bench-postgres-").FullName;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var port = FreePort.Next();
        var cluster = new PostgresCluster(binaries, folder, port);
        try
        {
            Directory.CreateDirectory(cluster.Data);
            if (Environment.IsPrivilegedProcess)
            {
                await RunAsync("chown", ["postgres", cluster.Data], cancellationToken);
            }

            await cluster.AsServerAsync("initdb", ["-D", cluster.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], cancellationToken);
            var settings = string.Create(CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={cluster.Data}");
            await cluster.AsServerAsync("pg_ctl", ["-D", cluster.Data, "-w", "-l", Path.Combine(cluster.Data, "log"), "-o", settings, "start"], cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await AsServerAsync("pg_ctl", ["-D", Data, "-w", "-m", "immediate", "stop"], CancellationToken.None);
        }

        Directory.Delete(folder, recursive: true);
    }

    // PostgreSQL refuses to run as root.
    private Task AsServerAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var path = Path.Combine(binaries, program);
        return Environment.IsPrivilegedProcess ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments], cancellationToken) : RunAsync(path, arguments, cancellationToken);
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // Its output is not ours to hold: the server it starts would keep the pipe open.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} cannot be started.");
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
