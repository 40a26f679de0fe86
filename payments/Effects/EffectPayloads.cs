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
