using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Server.Outbox;
using CentralPay.Workflows.Server.Security;
using CentralPay.Workflows.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Tests.Telemetry;

/// <summary>Spans and figures reach a collector over HTTP; what a case did and what left for it is found together.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task A_collector_gets_spans_of_deliveries_and_how_the_queues_stand()
    {
        var taken = new ConcurrentDictionary<string, string>();
        await using var collector = Collector(taken);
        await collector.StartAsync();
        using var work = new WorkFigures(new Queue(), new Outbox(), TimeProvider.System);
        using var host = new TelemetryHost(Options.Create(new TelemetryOptions { OtlpEndpoint = collector.Urls.First(), MetricsSeconds = 1 }), work);
        await host.StartAsync(CancellationToken.None);
        var caseId = Guid.CreateVersion7();
        var effect = new Effect { Id = Guid.CreateVersion7(), MerchantId = Guid.CreateVersion7(), Key = "k", Kind = EffectKinds.Email, Lane = "email:m", Repeat = EffectRepeat.Neither, PayloadJson = "{}", DueAt = default, AskedAt = default, CaseId = caseId };
        using (var span = DeliveryTelemetry.Begin(effect))
        {
            Assert.Equal(caseId.ToString(), span!.GetTagItem(EngineTelemetry.CaseAttribute));
            Assert.Equal(EngineTelemetry.LinkOf(caseId).Context.TraceId, Assert.Single(span.Links).Context.TraceId);
            DeliveryTelemetry.Ended(span, effect, EffectOutcomeKind.Unknown, Stopwatch.GetTimestamp());
            Assert.Equal(ActivityStatusCode.Error, span.Status);
        }

        await work.LookAsync(CancellationToken.None);
        await host.StopAsync(CancellationToken.None);

        Assert.Contains("delivery", taken["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains(caseId.ToString(), taken["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("centralpay.queue.age", taken["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("webhook", taken["/v1/metrics"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_collector_nothing_is_begun()
    {
        using var work = new WorkFigures(new Queue(), new Outbox(), TimeProvider.System);
        using var host = new TelemetryHost(Options.Create(new TelemetryOptions()), work);
        await host.StartAsync(CancellationToken.None);
        Assert.Null(host.ExecuteTask);
        await host.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("localhost:4318")]
    [InlineData("collector")]
    public async Task A_collector_that_is_no_address_keeps_the_server_from_starting(string address)
    {
        using var work = new WorkFigures(new Queue(), new Outbox(), TimeProvider.System);
        using var host = new TelemetryHost(Options.Create(new TelemetryOptions { OtlpEndpoint = address }), work);

        Assert.Contains("Telemetry:OtlpEndpoint", (await Assert.ThrowsAsync<RefusedToStartException>(() => host.StartAsync(CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    private static WebApplication Collector(ConcurrentDictionary<string, string> taken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/{kind}", async (string kind, HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var text = Encoding.Latin1.GetString(body.ToArray());
            taken.AddOrUpdate($"/v1/{kind}", text, (_, before) => before + text);
            return Results.Ok();
        });
        return app;
    }

    private sealed class Queue : IWorkQueue
    {
        public ValueTask<IReadOnlyList<LaneStand>> StandAsync(Guid? tenantId = null, CancellationToken cancellationToken = default) => new([new LaneStand(WorkLane.Event, 3, 1, TimeProvider.System.GetUtcNow().AddMinutes(-1))]);

        public ValueTask<ClaimedItems> ClaimAsync(string owner, int limit, TimeSpan lease, CancellationToken cancellationToken = default) => throw new InvalidOperationException("It only looks.");

        public ValueTask ReleaseAsync(WorkItem item, TimeSpan delay, string error, CancellationToken cancellationToken = default) => throw new InvalidOperationException("It only looks.");

        public ValueTask<int> FireDueTimersAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => throw new InvalidOperationException("It only looks.");

        public ValueTask<DateTimeOffset?> NextTimerDueAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException("It only looks.");

        public ValueTask<int> DepthAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException("It only looks.");
    }

    private sealed class Outbox : IOutboxQueue
    {
        public ValueTask<IReadOnlyList<DestinationStand>> StandAsync(Guid? merchantId = null, CancellationToken cancellationToken = default) => new([new DestinationStand("webhook", 2, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow())]);

        public ValueTask<IReadOnlyList<Effect>> ClaimAsync(string owner, DateTimeOffset now, int limit, int perLane, TimeSpan lease, CancellationToken cancellationToken = default) => throw new InvalidOperationException("It only looks.");

        public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException("It only looks.");
    }
}
