using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Gateway;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>A gateway's result as the outbox takes it: the answer travels as JSON from the try to what it means.</summary>
internal static class GatewayOutcome
{
    public static EffectOutcome Of<T>(GatewayResult<T> result) => new()
    {
        Kind = result.Outcome,
        AnswerJson = result.Value is null ? null : DomainJson.Write(result.Value),
        Error = result.Error,
        StatusCode = result.StatusCode,
    };

    public static T? ValueOf<T>(EffectOutcome outcome) where T : class =>
        outcome is { Kind: EffectOutcomeKind.Delivered, AnswerJson: { } answer } ? DomainJson.Read<T>(answer) : null;
}
