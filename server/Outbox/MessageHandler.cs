using System.Runtime.CompilerServices;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;
using CentralPay.Workflows.Server.Payer;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Outbox;

/// <summary>
/// Sends a planned message, if there is still a reason when its turn comes, together with the reminders to the same customer that
/// it takes along. A message cannot be taken back: it is never sent twice.
/// </summary>
internal abstract class MessageHandler(ContactBundles bundles, MessageComposer composer, MessageLog messages, IOptions<PayerOptions> payer) : IEffectHandler
{
    // What was sent is kept word for word; composing it again could say something else by then.
    private static readonly ConditionalWeakTable<Effect, ComposedMessage> Sent = [];

    public abstract string Kind { get; }

    public async ValueTask<GuardVerdict> CheckAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        await MessageAsync(effect, records, cancellationToken) switch
        {
            null => GuardVerdict.Drop("message-unknown"),
            { Status: not (MessageStatus.Planned or MessageStatus.Covered) } => GuardVerdict.Drop("message-settled"),
            { } message when MayHaveLeft(message) => GuardVerdict.Go,
            { } message => await bundles.CheckAsync(message, cancellationToken),
        };

    public async Task<EffectOutcome> DeliverAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var message = await MessageAsync(effect, records, cancellationToken)
            ?? throw new InvalidOperationException($"The message of the effect {effect.Key} is gone.");
        if (message.Status == MessageStatus.Covered)
        {
            return await bundles.OutcomeOfCoveredAsync(message, cancellationToken);
        }

        // The intent is kept before anything leaves: a process that dies in between must not send the message again.
        if (MayHaveLeft(message))
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Unknown, Error = "The sending was interrupted; the message may have left." };
        }

        var claimed = await bundles.ClaimAsync(message, await IntentOfAsync(effect, records, cancellationToken), cancellationToken);
        ComposedMessage composed;
        try
        {
            composed = await composer.ComposeAsync(claimed, payer.Value.PublicUrl, cancellationToken);
        }
        catch (RuleViolationException unwritten) when (unwritten.Violations[0].Code == RuleCodes.TemplateNotWritten)
        {
            // The text was withdrawn after the message was planned: nothing left, and a person decides.
            return new EffectOutcome { Kind = EffectOutcomeKind.GivenUp, Error = unwritten.Message };
        }

        await records.CommitAsync(cancellationToken);
        var outcome = await SendAsync(effect, claimed, composed, records, cancellationToken);
        Sent.AddOrUpdate(effect, composed);
        return outcome;
    }

    public async ValueTask ApplyAsync(Effect effect, EffectOutcome outcome, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await MessageAsync(effect, records, cancellationToken) is not { Status: MessageStatus.Planned } message)
        {
            return;
        }

        switch (outcome.Kind)
        {
            case EffectOutcomeKind.Delivered:
                var composed = Sent.TryGetValue(effect, out var sent) ? sent : await composer.ComposeAsync(message, payer.Value.PublicUrl, cancellationToken);
                await messages.MarkSentAsync(message.Id, composed, message.Recipient, ProviderIdIn(outcome) ?? message.ProviderId, cancellationToken);
                break;
            case EffectOutcomeKind.Dropped:
                await bundles.ReleaseAsync(message.Id, cancellationToken);
                await messages.MarkCancelledAsync(message.Id, outcome.Error ?? "", cancellationToken);
                break;
            case EffectOutcomeKind.Refused or EffectOutcomeKind.GivenUp:
                await messages.MarkFailedAsync(message.Id, await ReasonAsync(message, outcome, cancellationToken), cancellationToken);
                break;
            case EffectOutcomeKind.Unknown:
                await messages.MarkUnknownAsync(message.Id, "unknown", cancellationToken);
                break;
            default:
                // Surely not sent: the next try begins afresh.
                records.Update(message with { ProviderId = null });
                break;
        }
    }

    /// <summary>Whether sending the same message twice leaves one message.</summary>
    protected abstract bool IsRepeatable { get; }

    /// <summary>What the message carries while it is being sent: the same for each try of the effect.</summary>
    protected abstract ValueTask<string> IntentOfAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken);

    /// <summary>One try.</summary>
    protected abstract Task<EffectOutcome> SendAsync(Effect effect, Message message, ComposedMessage composed, IMerchantRecords records, CancellationToken cancellationToken);

    /// <summary>Why a message could not be sent, as a code pages translate; appends what follows from it.</summary>
    protected virtual ValueTask<string> ReasonAsync(Message message, EffectOutcome outcome, CancellationToken cancellationToken) =>
        ValueTask.FromResult(outcome.Kind == EffectOutcomeKind.Refused ? "refused" : "given-up");

    /// <summary>Whether an earlier try kept its intent and never told what became of it: nobody may say that the message was not needed.</summary>
    private bool MayHaveLeft(Message message) => message is { Status: MessageStatus.Planned, ProviderId: not null } && !IsRepeatable;

    private static string? ProviderIdIn(EffectOutcome outcome) =>
        outcome.AnswerJson is { } answer ? DomainJson.Read<MessageAnswer>(answer).ProviderId : null;

    private static ValueTask<Message?> MessageAsync(Effect effect, IMerchantRecords records, CancellationToken cancellationToken) =>
        records.FindAsync<Message>(DomainJson.Read<EmailPayload>(effect.PayloadJson).MessageId, cancellationToken);
}

/// <summary>The answer of a channel that took a message.</summary>
/// <param name="ProviderId">The Message-ID or provider's id; null where the intent's own is kept.</param>
/// <param name="Code">The channel's code for what went wrong; null for nothing.</param>
internal sealed record MessageAnswer(string? ProviderId, int? Code = null);
