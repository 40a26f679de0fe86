using System.Text.Json;
using System.Text.Json.Serialization;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Designer;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments;
using CentralPay.Workflows.Payments.Calendars;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Server.Api;
using CentralPay.Workflows.Server.Clock;
using CentralPay.Workflows.Server.Demo;
using CentralPay.Workflows.Server.Drop;
using CentralPay.Workflows.Server.Gateway;
using CentralPay.Workflows.Server.Health;
using CentralPay.Workflows.Server.Live;
using CentralPay.Workflows.Server.Logs;
using CentralPay.Workflows.Server.Outbox;
using CentralPay.Workflows.Server.Payer;
using CentralPay.Workflows.Server.Plugins;
using CentralPay.Workflows.Server.Problems;
using CentralPay.Workflows.Server.SandboxProcess;
using CentralPay.Workflows.Server.Security;
using CentralPay.Workflows.Server.Telemetry;
using CentralPay.Workflows.Server.Webhooks;
using CentralPay.Workflows.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace CentralPay.Workflows.Server.Composition;

/// <summary>Puts the house together.</summary>
internal static class ServerParts
{
    private const long MostRequestBytes = 2 * 1024 * 1024;

    public static WebApplicationBuilder AddParts(this WebApplicationBuilder builder)
    {
        ProductionRules.Check(builder.Configuration, builder.Environment);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostRequestBytes;
        });

        builder.AddLogs();

        var services = builder.Services;
        services.AddSingleton<BusinessClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<BusinessClock>());
        services.AddSingleton(Random.Shared);

        services.AddSingleton<WakeUps>();
        services.AddSingleton<IWorkSignal>(provider => provider.GetRequiredService<WakeUps>());
        services.AddSingleton<IEffectSignal>(provider => provider.GetRequiredService<WakeUps>());
        services.AddCollections();
        services.AddSingleton((builder.Configuration.GetSection("Engine").Get<EngineOptions>() ?? new EngineOptions()).ToLimits());
        services.AddActivities();
        services.AddStorage(builder.Configuration);
        services.AddDesigner();

        services.AddDataProtection().SetApplicationName("CentralPay.Workflows");
        services.AddSingleton<MerchantSecrets>();
        services.AddIdentityOfPeopleAndMachines(builder.Environment);
        services.AddRateLimits(builder.Configuration);
        services.AddAntiforgery();
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        services.AddProblemDetails();
        services.AddExceptionHandler<UnhandledProblems>();
        services.AddHealth();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json => Configure(json.SerializerOptions));
        services.AddOpenApi("v1", ApiDescription.Configure);

        builder.AddGateway();
        builder.AddOutbox();
        builder.AddLiveFeed();
        builder.AddTime();
        builder.AddDrop();
        services.Configure<TelemetryOptions>(builder.Configuration.GetSection("Telemetry"));
        services.AddSingleton<WorkFigures>();
        services.AddHostedService<TelemetryHost>();
        services.Configure<PayerOptions>(builder.Configuration.GetSection("Payer"));
        services.AddScoped<PayerDebits>();
        services.AddSingleton<Payments.Requests.IPaymentPages, PaymentPages>();
        services.AddScoped<PayerEndpoints>();
        services.AddScoped<GatewayWebhooks>();
        services.AddScoped<IdempotentPost>();
        builder.AddPlugins();
        return builder;
    }

    private static void AddOutbox(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create((builder.Configuration.GetSection("Outbox").Get<OutboxOptions>() ?? new OutboxOptions()).Checked()));
        services.AddOutboxHandlers(builder.Configuration);
        services.AddSingleton<EffectDelivery>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService<OutboxWorker>();
        services.AddHostedService<CaseHost>();
        services.AddHostedService<SweepHost>();
    }

    private static void AddLiveFeed(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Payments.Feed.ICollectionFeed, CollectionFeed>();
        builder.Services.AddSingleton<HubBroadcast>();
        builder.Services.AddSignalR().AddJsonProtocol(json => Configure(json.PayloadSerializerOptions));
    }

    private static void AddTime(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.Configure<TimeMachineOptions>(builder.Configuration.GetSection("TimeMachine"));
        services.Configure<SandboxRunOptions>(builder.Configuration.GetSection("Sandbox"));
        services.Configure<DemoOptions>(builder.Configuration.GetSection("Demo"));
        services.AddHttpClient<SandboxClient>((provider, client) =>
            client.BaseAddress = new Uri(provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<SandboxRunOptions>>().Value.Url.TrimEnd('/') + "/"));
        services.AddSingleton<SandboxRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<SandboxRunner>());
        services.AddSingleton<CaseRunning>();
        services.AddSingleton<Settling>();
        services.AddSingleton<GatewaySweep>();
        services.AddSingleton<ITimeMachine, TimeMachine>();
        services.AddSingleton<DemoSeed>();
    }

    private static void Configure(JsonSerializerOptions json)
    {
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        json.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    }
}
