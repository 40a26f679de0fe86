using CentralPay.Workflows.Benchmarks.Databases;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Benchmarks.Collecting;

/// <summary>
/// Works the outbox against a gateway, a mail server and an ERP that take everything and answer at once: claims, guard,
/// composing, settlement and answer are the real ones, the network is left out.
/// </summary>
internal sealed class WorldOutside(House house)
{
    private const int ClaimLimit = 256;
    private const int PerLane = 16;
    private const int AtOnce = 4;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public const string Told = "told";

    public Workers Work() => new(RunAsync);

    private async Task RunAsync(CancellationToken stopping)
    {
        var outbox = house.Get<IOutboxQueue>();
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var claimed = await outbox.ClaimAsync("benchmark", house.Clock.GetUtcNow(), ClaimLimit, PerLane, Lease, stopping);
                if (claimed.Count == 0)
                {
                    await house.WakeUps.WaitForEffectsAsync(Poll, stopping);
                }

                await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping }, async (effect, _) => await DoAsync(effect));
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            house.Milestones.Fail(failure);
        }
    }

    private async Task DoAsync(Effect effect)
    {
        ComposedMessage? composed = null;
        if (effect.Kind == EffectKinds.Email)
        {
            composed = await ComposeAsync(effect);
        }

        await using var scope = house.Open();
        var now = house.Clock.GetUtcNow();
        switch (effect.Kind)
        {
            case EffectKinds.CreateGatewayRequest:
                await scope.Services.GetRequiredService<GatewaySync>().ApplyAsync(Made(DomainJson.Read<RequestPayload>(effect.PayloadJson).RequestId));
                break;
            case EffectKinds.Email:
                await scope.Services.GetRequiredService<MessageLog>().MarkSentAsync(MessageOf(effect), composed!, "payer@example.test", $"{effect.Id:N}@benchmark.test");
                break;
        }

        scope.Records.Raise(new DomainEvent
        {
            Id = Guid.CreateVersion7(),
            MerchantId = effect.MerchantId,
            Name = EventNames.EffectAnswered,
            At = now,
            CustomerId = effect.CustomerId,
            InvoiceId = effect.InvoiceId,
            SubjectId = effect.Id,
            DataJson = DomainJson.Write(new { key = effect.Key, outcome = nameof(EffectState.Delivered) }),
        });
        scope.Records.Settle(new EffectSettlement { EffectId = effect.Id, LeaseToken = effect.LeaseToken, State = EffectState.Delivered, StatusCode = 200, At = now });
        await scope.Records.CommitAsync();
        if (effect is { Kind: EffectKinds.Email, InvoiceId: { } invoiceId })
        {
            house.Milestones.Reach(invoiceId, Told);
        }
    }

    // As the server sends a mail: guarded at the moment of sending, the intent kept before anything leaves.
    private async Task<ComposedMessage> ComposeAsync(Effect effect)
    {
        await using var scope = house.Open();
        var message = await scope.Records.FindAsync<Message>(MessageOf(effect)) ?? throw new InvalidOperationException("The message is gone.");
        var verdict = await scope.Services.GetRequiredService<ContactGuard>().CheckAsync(message);
        if (verdict.Kind != GuardKind.Go)
        {
            throw new InvalidOperationException($"The guard held a reminder back ({verdict.Reason}); the cycle expects it to go.");
        }

        var composed = await scope.Services.GetRequiredService<MessageComposer>().ComposeAsync(message, "https://pay.benchmark.test");
        scope.Records.Update(message with { ProviderId = $"{effect.Id:N}@benchmark.test" });
        await scope.Records.CommitAsync();
        return composed;
    }

    private static Guid MessageOf(Effect effect) => DomainJson.Read<EmailPayload>(effect.PayloadJson).MessageId;

    private static GatewayRequest Made(Guid requestId) => new()
    {
        Id = $"gw-{requestId:N}",
        MerchantPaymentRequestId = requestId.ToString(),
        Endpoint = $"https://gateway.benchmark.test/pay/{requestId:N}",
        VirtualIban = "FR7630006000011234567890189",
        RequestStatus = "ACTIVE",
        PaymentStatus = "PENDING",
    };
}
