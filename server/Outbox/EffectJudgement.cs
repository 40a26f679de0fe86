using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Server.Outbox;

/// <summary>Decides what the outcome of a try makes of its effect. Pure.</summary>
internal static class EffectJudgement
{
    /// <param name="effect">The effect that was tried.</param>
    /// <param name="outcome">What the try led to.</param>
    /// <param name="now">Business instant.</param>
    /// <param name="jitter01">From 0 to 1: spreads the next try, so that a destination that comes back is not flooded.</param>
    public static EffectSettlement Of(Effect effect, EffectOutcome outcome, DateTimeOffset now, double jitter01)
    {
        var state = outcome.Kind switch
        {
            EffectOutcomeKind.Delivered => EffectState.Delivered,
            EffectOutcomeKind.Refused => EffectState.Refused,
            EffectOutcomeKind.Dropped => EffectState.Cancelled,
            EffectOutcomeKind.GivenUp => EffectState.GivenUp,
            EffectOutcomeKind.Unknown when effect.Repeat == EffectRepeat.Neither => EffectState.Unknown,
            _ => EffectState.Pending,
        };
        DateTimeOffset? next = null;
        if (state == EffectState.Pending)
        {
            next = RetrySchedule.NextDueAt(effect.Kind, effect.Attempts + 1, now, jitter01, outcome.RetryAfter);
            state = (next, outcome.Kind) switch
            {
                (not null, _) => EffectState.Pending,
                (null, EffectOutcomeKind.Unknown) => EffectState.Unknown,
                _ => EffectState.GivenUp,
            };
        }

        return new EffectSettlement
        {
            EffectId = effect.Id,
            LeaseToken = effect.LeaseToken,
            State = state,
            NextDueAt = next,
            AnswerJson = outcome.AnswerJson,
            Error = outcome.Error,
            StatusCode = outcome.StatusCode,
            CountsAsAttempt = outcome.Kind != EffectOutcomeKind.Dropped,
            At = now,
        };
    }

    /// <summary>The settlement of an effect whose guard said "later": nothing was tried.</summary>
    public static EffectSettlement Postponed(Effect effect, GuardVerdict verdict, DateTimeOffset now) => new()
    {
        EffectId = effect.Id,
        LeaseToken = effect.LeaseToken,
        State = EffectState.Pending,
        NextDueAt = verdict.NotBefore ?? now.AddHours(1),
        Error = verdict.Reason,
        CountsAsAttempt = false,
        At = now,
    };
}
