using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Server.Clock;
using CentralPay.Workflows.Server.Demo;
using CentralPay.Workflows.Server.SandboxProcess;
using CentralPay.Workflows.Storage.Databases;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Composition;

/// <summary>What must stand before the first request: the activities, the schema, the clock, the sandbox, the demo.</summary>
internal static class ServerStart
{
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(5);

    public static async Task PrepareAsync(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        // What is wrong with an integrator's activities is known from the start, not from the first case that needs one.
        app.Services.GetRequiredService<ActivityRegistry>();
        await app.Services.GetRequiredService<DatabaseStart>().MigrateAsync(stopping);
        await app.Services.RestoreClockAsync(stopping);
        await app.Services.GetRequiredService<SandboxRunner>().EnsureRunningAsync(stopping);
        var sandbox = app.Services.GetRequiredService<IOptions<SandboxRunOptions>>().Value;
        if (sandbox.Run)
        {
            await BringSandboxToOurTimeAsync(app.Services, stopping);
        }

        if (app.Services.GetRequiredService<IOptions<DemoOptions>>().Value.Seed)
        {
            await app.Services.GetRequiredService<DemoSeed>().RunAsync(OwnAddress(app, sandbox), stopping);
        }

        app.Lifetime.ApplicationStarted.Register(() => Greeting.Print(app, sandbox));
    }

    private static async Task BringSandboxToOurTimeAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var client = services.GetRequiredService<SandboxClient>();
        var clock = services.GetRequiredService<BusinessClock>();
        var there = (await client.ReadClockAsync(cancellationToken)).Now;
        if (there > clock.GetUtcNow() + SameTime)
        {
            clock.MoveTo(there);
        }
        else if (there < clock.GetUtcNow() - SameTime)
        {
            await client.MoveClockAsync(clock.GetUtcNow(), cancellationToken);
        }
    }

    private static string OwnAddress(WebApplication app, SandboxRunOptions sandbox) =>
        sandbox.CallbackBaseUrl.Length > 0 ? sandbox.CallbackBaseUrl.TrimEnd('/') : (app.Configuration["Urls"] ?? "http://localhost:5080").Split(';')[0].TrimEnd('/');
}
