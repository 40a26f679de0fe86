using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>An outbox that reaches nothing: each effect is guarded, answered at once and kept, so that a simulation shows what would have left the house.</summary>
public sealed class SimulatedEffects
{
    private const int MaxEffectsAtOnce = 1000;

    private static readonly string[] MandateKinds = [EffectKinds.CreateGatewayMandate, EffectKinds.CancelGatewayMandate, EffectKinds.ReadGatewayMandate];
    private static readonly string[] DebitKinds = [EffectKinds.CreateGatewayDebit, EffectKinds.CancelGatewayDebit, EffectKinds.ReadGatewayDebit];

    private readonly TimeProvider time;
    private readonly Dictionary<string, IEffectHandler> handlers;
    private readonly List<SimulatedEffect> done = [];

    /// <summary>An outbox over a simulated gateway.</summary>
    /// <param name="gateway">Where payment requests and transfers are.</param>
    /// <param name="time">Simulated time.</param>
    /// <param name="debits">Where mandates and direct debits are; null for one of its own.</param>
    /// <param name="composes">Whether messages get their words; of thousands that nobody reads only their number counts.</param>
    public SimulatedEffects(SimulatedGateway gateway, TimeProvider time, SimulatedDebits? debits = null, bool composes = true)
    {
        debits ??= new SimulatedDebits(time);
        this.time = time;
        string[] commands = [EffectKinds.CreateGatewayRequest, EffectKinds.CancelGatewayRequest, EffectKinds.ReadGatewayRequest, EffectKinds.ReadGatewayTransfer];
        handlers = commands.Select(kind => (IEffectHandler)new SimulatedGatewayCommand(kind, gateway, time))
            .Append(new SimulatedMessage(EffectKinds.Email, time, composes))
            .Append(new SimulatedMessage(EffectKinds.Sms, time, composes))
            .Append(new SimulatedWebhook())
            .Append(new SimulatedPayoutOrder(EffectKinds.CreateGatewayPayout))
            .Append(new SimulatedPayoutOrder(EffectKinds.ReadGatewayPayout))
            .Concat(MandateKinds.Select(kind => new MandateEffect(kind, debits, records => new SimulatedServices(records, time).Mandates)))
            .Concat(DebitKinds.Select(kind => new DebitEffect(kind, debits, time, records => new SimulatedServices(records, time).Debits)))
            .ToDictionary(handler => handler.Kind);
    }

    /// <summary>The handlers, one for each kind of effect.</summary>
    public IReadOnlyCollection<IEffectHandler> Handlers => handlers.Values;

    /// <summary>What would have been done, in order.</summary>
    public IReadOnlyList<SimulatedEffect> Done => done;

    /// <summary>
    /// Answers every committed effect that is due, each in a unit of work of its own, and raises
    /// <see cref="EventNames.EffectAnswered"/> for it. Answers how many were settled.
    /// </summary>
    /// <param name="openRecords">Opens a unit of work.</param>
    /// <param name="cancellationToken">Stops between two effects.</param>
    public async Task<int> RunDueAsync(Func<IMerchantRecords> openRecords, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(openRecords);
        var now = time.GetUtcNow();
        return await RunAsync(await openRecords().ListAsync<Effect>(effect => effect.State == EffectState.Pending && effect.DueAt <= now, MaxEffectsAtOnce, cancellationToken), openRecords, cancellationToken);
    }

    /// <summary>As <see cref="RunDueAsync"/>, of effects that were read as due.</summary>
    internal async Task<int> RunAsync(IReadOnlyCollection<Effect> due, Func<IMerchantRecords> openRecords, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var settled = 0;
        foreach (var effect in due.Take(MaxEffectsAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            settled += await RunAsync(effect, openRecords(), now, cancellationToken) ? 1 : 0;
        }

        return settled;
    }

    private async Task<bool> RunAsync(Effect effect, IMerchantRecords records, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var handler = handlers[effect.Kind];
        var verdict = await handler.CheckAsync(effect, records, cancellationToken);
        if (verdict.Kind == GuardKind.Later)
        {
            records.Settle(Settlement(effect, EffectState.Pending, now) with { NextDueAt = verdict.NotBefore, CountsAsAttempt = false });
            await records.CommitAsync(cancellationToken);
            return false;
        }

        var outcome = verdict.Kind == GuardKind.Drop
            ? new EffectOutcome { Kind = EffectOutcomeKind.Dropped, Error = verdict.Reason }
            : await handler.DeliverAsync(effect, records, cancellationToken);
        await handler.ApplyAsync(effect, outcome, records, cancellationToken);
        var state = outcome.Kind switch { EffectOutcomeKind.Delivered => EffectState.Delivered, EffectOutcomeKind.Dropped => EffectState.Cancelled, _ => EffectState.Refused };
        records.Settle(Settlement(effect, state, now) with { AnswerJson = outcome.AnswerJson, Error = outcome.Error, StatusCode = outcome.StatusCode, CountsAsAttempt = state != EffectState.Cancelled });
        records.Raise(new DomainEvent
        {
            Id = Guid.CreateVersion7(),
            MerchantId = effect.MerchantId,
            Name = EventNames.EffectAnswered,
            At = now,
            CustomerId = effect.CustomerId,
            InvoiceId = effect.InvoiceId,
            SubjectId = effect.Id,
            DataJson = DomainJson.Write(new { effect.Key, outcome = state, answer = outcome.AnswerJson }),
        });
        await records.CommitAsync(cancellationToken);
        done.Add(new SimulatedEffect(effect, outcome.Kind, verdict.Reason, now));
        return true;
    }

    private static EffectSettlement Settlement(Effect effect, EffectState state, DateTimeOffset now) =>
        new() { EffectId = effect.Id, LeaseToken = effect.LeaseToken, State = state, At = now };
}
