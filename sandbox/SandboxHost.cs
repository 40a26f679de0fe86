using CentralPay.Workflows.Sandbox.Accounts;
using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.Bank;
using CentralPay.Workflows.Sandbox.Cards;
using CentralPay.Workflows.Sandbox.Debits;
using CentralPay.Workflows.Sandbox.Faults;
using CentralPay.Workflows.Sandbox.Home;
using CentralPay.Workflows.Sandbox.PaymentPage;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Payouts;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox;

/// <summary>Puts the sandbox together and runs it.</summary>
public static class SandboxHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var app = await BuildAsync(args);
            await using (app)
            {
                await app.RunAsync();
            }
            return 0;
        }
        catch (SandboxRefusedToStartException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    /// <summary>A sandbox ready to start, its database created and its accounts upserted.</summary>
    /// <exception cref="SandboxRefusedToStartException">In Production, or when the configuration is wrong.</exception>
    public static async Task<WebApplication> BuildAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (builder.Environment.IsProduction())
        {
            throw new SandboxRefusedToStartException(
                "The CentralPay sandbox does not run in the Production environment: it accepts test cards and invents money. " +
                "Set ASPNETCORE_ENVIRONMENT to Development (or Test) to use it.");
        }
        if (string.IsNullOrEmpty(builder.Configuration["Urls"])) builder.WebHost.UseUrls("http://127.0.0.1:5090");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        AddParts(builder);

        var app = builder.Build();
        await PrepareAsync(app);
        MapDoors(app);
        return app;
    }

    private static void AddParts(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Sandbox").Get<SandboxOptions>() ?? new SandboxOptions();
        var path = Path.GetFullPath(options.Database);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();

        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(options.EventNames);
        services.AddPooledDbContextFactory<SandboxDatabase>(database => database.UseSqlite(connection).AddInterceptors(new QuickCommits()));
        services.AddSingleton(_ => new BusinessClock(TimeProvider.System));
        services.AddSingleton<Writer>();
        services.AddSingleton<WakeUp>();
        services.AddSingleton<FaultSwitches>();
        services.AddSingleton<Agenda>();
        services.AddSingleton<Postman>();
        services.AddSingleton<Settlement>();
        services.AddSingleton<Events>();
        services.AddSingleton<CardPayment>();
        services.AddSingleton<ApiDoor>();
        services.AddHostedService<AgendaLoop>();
        services.AddHttpClient(Postman.ClientName, client => client.Timeout = Postman.AnswerTimeout)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.ConfigureHttpJsonOptions(json => AnswerJson.Configure(json.SerializerOptions));
        services.AddProblemDetails();
        // A body that cannot be read is the caller's mistake in every environment.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
    }

    private static async Task PrepareAsync(WebApplication app)
    {
        var options = app.Services.GetRequiredService<SandboxOptions>();
        await using (var database = await app.Services.GetRequiredService<IDbContextFactory<SandboxDatabase>>().CreateDbContextAsync())
        {
            await database.CreateAsync();
            app.Services.GetRequiredService<BusinessClock>().Restore(await database.ClockOffsetAsync());
        }
        foreach (var account in options.Accounts)
        {
            if (account.Problem() is { } problem) throw new SandboxRefusedToStartException($"Sandbox:Accounts, login '{account.Login}': {problem}");
            await app.Services.GetRequiredService<Writer>().WriteAsync(database => AccountRegister.UpsertAsync(database, account));
        }
        await app.Services.GetRequiredService<Postman>().ReleaseHeldAsync();
    }

    private static void MapDoors(WebApplication app)
    {
        app.UseStatusCodePages();
        app.UseMiddleware<FaultMiddleware>();

        var door = app.Services.GetRequiredService<ApiDoor>();
        var api = app.MapGroup("/v2/rest");
        api.MapPaymentRequests(door);
        api.MapTransactions(door);
        api.MapTransfers(door);
        api.MapMoneyOut(door);
        api.MapDebits(door);
        api.MapFallback(door.UnknownAddress);

        app.MapPaymentPage();
        app.MapMandatePage();

        var inside = app.MapGroup("").AddEndpointFilter(LoopbackOnly.FilterAsync);
        inside.MapHome();
        inside.MapAccounts();
        inside.MapBank();
        inside.MapWallets();
        inside.MapBankPlans();
        inside.MapClock();
        inside.MapFaults();
        inside.MapInspection();
    }
}

/// <summary>The sandbox does not start; the message says why and what to do.</summary>
public sealed class SandboxRefusedToStartException(string message) : Exception(message);
