using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Effects;

/// <summary>One thing to be done outside (send an e-mail, call the gateway, post to the ERP), under a key of its own.</summary>
public sealed record Effect : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>Unique in a merchant: asking twice under one key is asking once. Built as case / activity instance / attempt.</summary>
    public required string Key { get; init; }

    /// <summary>What is to be done (<see cref="EffectKinds"/>).</summary>
    public required string Kind { get; init; }

    /// <summary>The destination; each has a lane of its own, so that a dead one delays nobody.</summary>
    public required string Lane { get; init; }

    /// <summary>What may be done when the outcome of a try is not known.</summary>
    public required EffectRepeat Repeat { get; init; }

    /// <summary>The parameters as JSON, read by the handler of the kind.</summary>
    public required string PayloadJson { get; init; }

    /// <summary>Not before this business instant.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When it was asked (business time).</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>How it stands.</summary>
    public EffectState State { get; init; } = EffectState.Pending;

    /// <summary>How many tries were made.</summary>
    public int Attempts { get; init; }

    /// <summary>Whether a try held it and ended without a word; noted by the claim that finds it so.</summary>
    public bool LeftOpen { get; init; }

    /// <summary>
    /// Whether somebody may have begun it before this try: then what it creates is looked for first, whatever the other side makes
    /// of our key.
    /// </summary>
    public bool MayHaveBegun => Attempts > 0 || LeftOpen;

    /// <summary>The answer as JSON, once there is one.</summary>
    public string? AnswerJson { get; init; }

    /// <summary>What went wrong at the last try.</summary>
    public string? LastError { get; init; }

    /// <summary>The customer concerned, to show and to erase by.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The invoice concerned.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>The case that asked.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>The lease it is held under while a try runs; set by a claim.</summary>
    public Guid LeaseToken { get; init; }

    /// <summary>When it was settled (business time); null while open.</summary>
    public DateTimeOffset? SettledAt { get; init; }
}

/// <summary>The kinds of effects.</summary>
public static class EffectKinds
{
    /// <summary>Send an e-mail. Payload: messageId.</summary>
    public const string Email = "email";

    /// <summary>Send an SMS. Payload: messageId.</summary>
    public const string Sms = "sms";

    /// <summary>Create a payment request at the gateway. Payload: requestId.</summary>
    public const string CreateGatewayRequest = "gateway.create-payment-request";

    /// <summary>Cancel a payment request at the gateway. Payload: requestId.</summary>
    public const string CancelGatewayRequest = "gateway.cancel-payment-request";

    /// <summary>Read a payment request's state at the gateway, and book what is new. Payload: gatewayRequestId.</summary>
    public const string ReadGatewayRequest = "gateway.read-payment-request";

    /// <summary>Read an incoming transfer at the gateway, and book it. Payload: gatewayTransferId.</summary>
    public const string ReadGatewayTransfer = "gateway.read-transfer";

    /// <summary>Order a payout at the gateway. Payload: payoutId, approvalNumber.</summary>
    public const string CreateGatewayPayout = "gateway.create-payout";

    /// <summary>Read a payout's state at the gateway, and book what is new. Payload: gatewayPayoutId.</summary>
    public const string ReadGatewayPayout = "gateway.read-payout";

    /// <summary>Create a mandate at the gateway, for signing. Payload: mandateId.</summary>
    public const string CreateGatewayMandate = "gateway.create-mandate";

    /// <summary>Cancel a mandate at the gateway. Payload: mandateId.</summary>
    public const string CancelGatewayMandate = "gateway.cancel-mandate";

    /// <summary>Read a mandate's state at the gateway. Payload: mandateId or gatewayMandateId.</summary>
    public const string ReadGatewayMandate = "gateway.read-mandate";

    /// <summary>Hand a direct debit to the gateway. Payload: debitId.</summary>
    public const string CreateGatewayDebit = "gateway.create-debit";

    /// <summary>Withdraw a direct debit at the gateway. Payload: debitId.</summary>
    public const string CancelGatewayDebit = "gateway.cancel-debit";

    /// <summary>Read a direct debit's state at the gateway, and book what is new. Payload: debitId or gatewayDebitId.</summary>
    public const string ReadGatewayDebit = "gateway.read-debit";

    /// <summary>Post a signed JSON callback to the merchant's endpoint. Payload: endpointId, eventType, body.</summary>
    public const string Webhook = "webhook";
}

/// <summary>What may be done when the outcome of a try is not known, in the order of preference.</summary>
public enum EffectRepeat
{
    /// <summary>The destination knows the key: the try is repeated with it.</summary>
    Idempotent,

    /// <summary>The destination can be asked whether it happened.</summary>
    Queryable,

    /// <summary>Neither: a person decides.</summary>
    Neither,
}

/// <summary>The states of an effect.</summary>
public enum EffectState
{
    /// <summary>To be done when due.</summary>
    Pending,

    /// <summary>Done, with an answer.</summary>
    Delivered,

    /// <summary>Answered with a no that a repeat would not change.</summary>
    Refused,

    /// <summary>Not done, because the guard said it was no longer wanted.</summary>
    Cancelled,

    /// <summary>Given up after all tries.</summary>
    GivenUp,

    /// <summary>It may or may not have happened, and cannot be asked: a person decides.</summary>
    Unknown,
}

/// <summary>How a claimed effect ends, or when it is tried again.</summary>
public sealed record EffectSettlement
{
    /// <summary>The effect.</summary>
    public required Guid EffectId { get; init; }

    /// <summary>The lease it was claimed under.</summary>
    public required Guid LeaseToken { get; init; }

    /// <summary>Its new state; <see cref="EffectState.Pending"/> for another try.</summary>
    public required EffectState State { get; init; }

    /// <summary>When it is tried again (business time); set with <see cref="EffectState.Pending"/>.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>The answer as JSON.</summary>
    public string? AnswerJson { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>The HTTP status or SMTP code of the try, for the delivery log; null for none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Whether this was a real try (a guard's cancellation or a postponement is not).</summary>
    public bool CountsAsAttempt { get; init; } = true;

    /// <summary>When (business time).</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>One try of an effect, for the delivery log.</summary>
public sealed record EffectAttempt : IMerchantRecord
{
    /// <inheritdoc />
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid MerchantId { get; init; }

    /// <inheritdoc />
    public long Revision { get; init; }

    /// <summary>The effect that was tried.</summary>
    public required Guid EffectId { get; init; }

    /// <summary>The number of the try, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When (business time).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The state it led to.</summary>
    public required EffectState State { get; init; }

    /// <summary>The HTTP status or SMTP code; null for none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Error { get; init; }
}

/// <summary>Wakes those who work the outbox of this process after a commit that left them something; a lost wake-up only costs a poll.</summary>
public interface IEffectSignal
{
    /// <summary>Something is to be done outside.</summary>
    void SetEffects();
}

/// <summary>The outbox over all merchants: the only statements on it that cross them.</summary>
public interface IOutboxQueue
{
    /// <summary>Takes effects due at the business instant under a lease (database clock): oldest first, at most <paramref name="perLane"/> of a lane.</summary>
    ValueTask<IReadOnlyList<Effect>> ClaimAsync(string owner, DateTimeOffset now, int limit, int perLane, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>The earliest business instant at which an effect is due; null when none waits.</summary>
    ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default);

    /// <summary>What waits for each destination, those with anything; of one merchant where it is given.</summary>
    ValueTask<IReadOnlyList<DestinationStand>> StandAsync(Guid? merchantId = null, CancellationToken cancellationToken = default);
}

/// <summary>What waits to leave for one kind of destination.</summary>
/// <param name="Destination">The kind, as lanes begin with it: <c>gateway</c>, <c>email</c>, <c>sms</c>, <c>webhook</c>.</param>
/// <param name="Pending">Effects to be done, now or later.</param>
/// <param name="Oldest">When the oldest was asked for (business time).</param>
/// <param name="NextDue">When the next is due, or was: its first try, or another one (business time).</param>
public sealed record DestinationStand(string Destination, int Pending, DateTimeOffset Oldest, DateTimeOffset NextDue);
