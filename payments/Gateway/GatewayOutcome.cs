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

    /// <summary>The outcome of a try whose question about an order found it, or was not answered: a refused question says nothing about the order.</summary>
    public static EffectOutcome OfQuestion<T>(GatewayResult<T> answer)
    {
        var outcome = Of(answer);
        return outcome.Kind == EffectOutcomeKind.Refused ? outcome with { Kind = EffectOutcomeKind.Failed } : outcome;
    }

    /// <summary>The outcome of a try that ordered: a refusal of what may have been ordered before says nothing about that order.</summary>
    /// <param name="result">What the gateway answered.</param>
    /// <param name="isRepeat">Whether an earlier try may have been taken.</param>
    public static EffectOutcome OfOrder<T>(GatewayResult<T> result, bool isRepeat)
    {
        var outcome = Of(result);
        return isRepeat && outcome.Kind == EffectOutcomeKind.Refused ? outcome with { Kind = EffectOutcomeKind.Unknown } : outcome;
    }

    /// <summary>Whether the gateway answered a search, and does not have what was searched.</summary>
    public static bool IsNone<T>(GatewayResult<T?> found)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(found);
        return found is { Outcome: EffectOutcomeKind.Delivered, Value: null };
    }

    /// <summary>The answer, when it was delivered; null otherwise.</summary>
    public static T? ValueOf<T>(EffectOutcome outcome)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome is { Kind: EffectOutcomeKind.Delivered, AnswerJson: { } answer } ? DomainJson.Read<T>(answer) : null;
    }
}
