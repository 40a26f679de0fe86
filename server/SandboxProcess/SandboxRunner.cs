using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.SandboxProcess;

/// <summary>Runs the sandbox as a process of its own for as long as the server runs; over HTTP only, as the real gateway is.</summary>
internal sealed class SandboxRunner(IOptions<SandboxRunOptions> options, SandboxClient client, ILogger<SandboxRunner> log) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private Process? process;

    /// <summary>Starts it unless it answers already; done when it answers.</summary>
    public async Task EnsureRunningAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Run || await client.AnswersAsync(cancellationToken))
        {
            return;
        }

        process = Process.Start(StartInfo()) ?? throw new InvalidOperationException("The sandbox's process could not be started.");
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitUntilItAnswersAsync(process, cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Stop();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => Stop();

    private ProcessStartInfo StartInfo()
    {
        var program = options.Value.Program.Length > 0 ? options.Value.Program : BuiltBeside();
        if (!File.Exists(program))
        {
            throw new FileNotFoundException($"The sandbox's program is not at '{program}'. Build the solution, or set Sandbox:Program; or set Sandbox:Run to false and Gateway:BaseUrl to a gateway.");
        }

        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(program)!,
        };
        start.ArgumentList.Add(program);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Urls"] = options.Value.Url;
        start.Environment["Sandbox__PublicUrl"] = options.Value.Url;
        start.Environment["Sandbox__Database"] = Path.GetFullPath(options.Value.Database);
        return start;
    }

    private static string BuiltBeside() => typeof(SandboxRunner).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "SandboxPath")?.Value ?? Path.Combine(AppContext.BaseDirectory, "sandbox", "CentralPay.Workflows.Sandbox.dll");

    private async Task WaitUntilItAnswersAsync(Process started, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (!await client.AnswersAsync(cancellationToken))
        {
            if (started.HasExited)
            {
                throw new InvalidOperationException($"The sandbox stopped at once with code {started.ExitCode}; its reason stands above. Is {options.Value.Url} taken?");
            }

            if (clock.Elapsed > LongestStart)
            {
                throw new TimeoutException($"The sandbox did not answer at {options.Value.Url} within {LongestStart.TotalSeconds:0} s.");
            }

            await Task.Delay(LookEvery, cancellationToken);
        }
    }

    private void Note(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            log.LogDebug("{Line}", line);
        }
    }

    private void Stop()
    {
        if (process is not { HasExited: false } running)
        {
            return;
        }

        running.Kill(entireProcessTree: true);
        running.WaitForExit();
        running.Dispose();
        process = null;
    }
}
