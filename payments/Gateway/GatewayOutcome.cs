using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Payments.Gateway;

/// <summary>A gateway's result as the outbox takes it: the answer travels as JSON from the try to what it means.</summary>
public static class GatewayOutcome
{
    /// <summary>The outcome of a try.</summary>
    public static EffectOutcome Of<T>(GatewayResult<T> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new EffectOutcome
        {
            Kind = result.Outcome,
            AnswerJson = result.Value is null ? null : DomainJson.Write(result.Value),
            Error = result.Error,
            StatusCode = result.StatusCode,
        };
    }

    /// <summary>The answer, when it was delivered; null otherwise.</summary>
    public static T? ValueOf<T>(EffectOutcome outcome)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome is { Kind: EffectOutcomeKind.Delivered, AnswerJson: { } answer } ? DomainJson.Read<T>(answer) : null;
    }
}
