namespace CentralPay.Workflows.Payments.Effects;

/// <summary>Payload of <see cref="EffectKinds.Email"/> and <see cref="EffectKinds.Sms"/>.</summary>
/// <param name="MessageId">The message to send.</param>
public sealed record EmailPayload(Guid MessageId);

/// <summary>Payload of <see cref="EffectKinds.CreateGatewayRequest"/> and <see cref="EffectKinds.CancelGatewayRequest"/>.</summary>
/// <param name="RequestId">Our payment request.</param>
public sealed record RequestPayload(Guid RequestId);

/// <summary>Payload of <see cref="EffectKinds.ReadGatewayRequest"/>.</summary>
/// <param name="GatewayRequestId">The gateway's id of it.</param>
public sealed record GatewayRequestPayload(string GatewayRequestId);

/// <summary>Payload of <see cref="EffectKinds.ReadGatewayTransfer"/>.</summary>
/// <param name="GatewayTransferId">The gateway's id of it.</param>
public sealed record GatewayTransferPayload(string GatewayTransferId);

/// <summary>Payload of <see cref="EffectKinds.CreateGatewayPayout"/>.</summary>
/// <param name="PayoutId">Our payout.</param>
/// <param name="ApprovalNumber">The approval the order belongs to: it dies with it.</param>
public sealed record PayoutOrderPayload(Guid PayoutId, int ApprovalNumber);

/// <summary>Payload of <see cref="EffectKinds.ReadGatewayPayout"/>.</summary>
/// <param name="GatewayPayoutId">The gateway's id of it.</param>
public sealed record GatewayPayoutPayload(string GatewayPayoutId);

/// <summary>Payload of the effects on a mandate; one of the two is there.</summary>
/// <param name="MandateId">Our mandate.</param>
/// <param name="GatewayMandateId">The gateway's id of it.</param>
public sealed record MandatePayload(Guid? MandateId, string? GatewayMandateId = null);

/// <summary>Payload of the effects on a direct debit; one of the two is there.</summary>
/// <param name="DebitId">Our direct debit.</param>
/// <param name="GatewayDebitId">The gateway's id of it.</param>
public sealed record DebitPayload(Guid? DebitId, string? GatewayDebitId = null);
