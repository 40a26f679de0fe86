using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Payments.Transfers;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>Messages that nobody gets: guarded, merged, composed where asked, and kept as the real ones are.</summary>
internal sealed class SimulatedMessage(string kind, TimeProvider time, bool composes) : IEffectHandler
{
    private readonly MemoryBlobs blobs = new();

    public string Kind => kind;

    public async ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        await records.FindAsync<Message>(MessageOf(effect), cancellationToken) is { } message
            ? await BundlesOver(records).CheckAsync(message, cancellationToken)
            : GuardVerdict.Drop(ContactReasons.Gone);

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var message = (await records.FindAsync<Message>(MessageOf(effect), cancellationToken))!;
        if (message.Status == MessageStatus.Covered)
        {
            return await BundlesOver(records).OutcomeOfCoveredAsync(message, cancellationToken);
        }

        var claimed = await BundlesOver(records).ClaimAsync(message, $"simulated-{effect.Id:N}", cancellationToken);
        var composed = composes
            ? await new MessageComposer(records, new TextLibrary(records), time).ComposeAsync(claimed, "https://simulated.invalid", cancellationToken)
            : new ComposedMessage { Subject = claimed.Subject ?? claimed.Template, Html = "", Text = "", InlineImages = [] };
        return new EffectOutcome { Kind = EffectOutcomeKind.Delivered, AnswerJson = DomainJson.Write(composed with { InlineImages = [] }) };
    }

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<Message>(MessageOf(effect), cancellationToken) is not { Status: MessageStatus.Planned } message)
        {
            return;
        }

        var log = new MessageLog(records, blobs, time);
        if (outcome.Kind == EffectOutcomeKind.Dropped)
        {
            await log.MarkCancelledAsync(message.Id, outcome.Error!, cancellationToken);
            return;
        }

        await log.MarkSentAsync(message.Id, DomainJson.Read<ComposedMessage>(outcome.AnswerJson!), message.Recipient, null, cancellationToken);
    }

    private ContactBundles BundlesOver(IMerchantRecords records) =>
        new(records, time, new ContactGuard(records, time, new ContactHistory(records), new EveryChannel(), new NoStanding()));

    private static Guid MessageOf(Effect effect) => DomainJson.Read<EmailPayload>(effect.PayloadJson).MessageId;

    private sealed class EveryChannel : IMessageChannels
    {
        public bool IsOpen(MessageChannel channel) => true;
    }
}

/// <summary>Callbacks that no ERP gets.</summary>
internal sealed class SimulatedWebhook : IEffectHandler
{
    public string Kind => EffectKinds.Webhook;

    public ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) => ValueTask.FromResult(GuardVerdict.Go);

    public Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectOutcome { Kind = EffectOutcomeKind.Delivered, StatusCode = 200 });

    public ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

/// <summary>Commands to a simulated gateway, whose answers enter the books as the real ones do.</summary>
internal sealed class SimulatedGatewayCommand(string kind, SimulatedGateway gateway, TimeProvider time) : IEffectHandler
{
    public string Kind => kind;

    public ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) => ValueTask.FromResult(GuardVerdict.Go);

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) => kind switch
    {
        EffectKinds.CreateGatewayRequest => GatewayOutcome.Of(await gateway.CreateRequestAsync(await AskOfAsync(effect, records, cancellationToken), effect.Key, cancellationToken)),
        EffectKinds.CancelGatewayRequest => GatewayOutcome.Of(await gateway.CancelRequestAsync(await GatewayIdOfAsync(effect, records, cancellationToken), cancellationToken)),
        EffectKinds.ReadGatewayRequest => GatewayOutcome.Of(await gateway.ReadRequestAsync(DomainJson.Read<GatewayRequestPayload>(effect.PayloadJson).GatewayRequestId, cancellationToken)),
        EffectKinds.ReadGatewayTransfer => GatewayOutcome.Of(await gateway.ReadTransferAsync(DomainJson.Read<GatewayTransferPayload>(effect.PayloadJson).GatewayTransferId, cancellationToken)),
        _ => throw new InvalidOperationException($"'{kind}' is no command to the gateway."),
    };

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (outcome is not { Kind: EffectOutcomeKind.Delivered, AnswerJson: { } answer })
        {
            return;
        }

        var sync = SyncOver(records);
        if (kind == EffectKinds.ReadGatewayTransfer)
        {
            await sync.TakeInAsync(DomainJson.Read<GatewayTransfer>(answer), cancellationToken);
        }
        else
        {
            await sync.ApplyAsync(DomainJson.Read<GatewayRequest>(answer), cancellationToken);
        }
    }

    private GatewaySync SyncOver(IMerchantRecords records)
    {
        var over = new SimulatedServices(records, time);
        return new GatewaySync(records, time, over.Receipts, new TransferIntake(records, time, over.Audit));
    }

    private static async Task<NewGatewayRequest> AskOfAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var request = (await records.FindAsync<PaymentRequest>(DomainJson.Read<RequestPayload>(effect.PayloadJson).RequestId, cancellationToken))!;
        var customer = await records.FindAsync<Customer>(request.CustomerId, cancellationToken);
        return new NewGatewayRequest
        {
            MerchantPaymentRequestId = request.Id.ToString(),
            Amount = request.Amount - request.Paid,
            Description = request.Reference,
            Email = customer?.Email,
            Language = customer?.Language ?? "en",
            Deadline = request.Deadline,
            RedirectUrl = "https://simulated.invalid",
        };
    }

    private static async Task<string> GatewayIdOfAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        (await records.FindAsync<PaymentRequest>(DomainJson.Read<RequestPayload>(effect.PayloadJson).RequestId, cancellationToken))?.GatewayRequestId ?? "";
}

/// <summary>Payouts that nobody signs: in a simulation they are proposed, and none is ever ordered.</summary>
internal sealed class SimulatedPayoutOrder(string kind) : IEffectHandler
{
    public string Kind => kind;

    public ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) => ValueTask.FromResult(GuardVerdict.Drop("simulated"));

    public Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectOutcome { Kind = EffectOutcomeKind.Refused, Error = "Nothing is paid in a simulation." });

    public ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
