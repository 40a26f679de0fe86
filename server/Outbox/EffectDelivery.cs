using System.Diagnostics;
using System.Text.Json;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Server.Outbox;

/// <summary>One try of one effect: guard and deliver outside any transaction, then apply and settle in one unit of work.</summary>
internal sealed class EffectDelivery(IMerchantScopes scopes, TimeProvider time, Random random, ILogger<EffectDelivery> log)
{
    private const int MostConflicts = 10;

    // The gateway tells of all that happens there, also of what was made past us.
    private static readonly string[] NoneOfOurs = [RuleCodes.RequestUnknown, RuleCodes.DebitUnknown, RuleCodes.MandateUnknown, RuleCodes.PayoutUnknown];

    public async Task RunAsync(Effect effect)
    {
        using var span = DeliveryTelemetry.Begin(effect);
        using var about = EngineLog.About(log, effect.MerchantId, effect.CaseId);
        var startedAt = Stopwatch.GetTimestamp();
        var (outcome, postponed) = await TryAsync(effect);
        DeliveryTelemetry.Ended(span, effect, outcome.Kind, startedAt);
        var takesIn = true;
        for (var conflict = 1; ; conflict++)
        {
            try
            {
                await SettleAsync(effect, outcome, postponed, takesIn);
                return;
            }
            catch (RecordConflictException) when (conflict < MostConflicts)
            {
                // Somebody changed the same rows meanwhile: what the outcome means is decided again on what is there now.
                log.LogDebug("The effect {Key} is settled again after a conflict.", effect.Key);
            }
            catch (LeaseLostException)
            {
                log.LogInformation("The effect {Key} was taken over by another worker; this try changed nothing.", effect.Key);
                return;
            }
            catch (Exception defect) when (takesIn && !StoreFailure.Is(defect) && defect is not OutOfMemoryException)
            {
                // It would fail the same way each time its lease ends, and hold the room of its lane.
                log.LogError(defect, "What came of the effect {Key} could not be taken in.", effect.Key);
                (outcome, postponed, takesIn) = (NotTakenIn(effect, outcome, defect), null, false);
            }
        }
    }

    /// <summary>
    /// What is made of an outcome whose meaning cannot be written: of what is none of ours, nothing; of what may be done again
    /// under its key, another try, a bounded number of times; of all else, something for a person to look at.
    /// </summary>
    private static EffectOutcome NotTakenIn(Effect effect, EffectOutcome outcome, Exception defect)
    {
        var kind = defect switch
        {
            RuleViolationException rule when rule.Violations.All(violation => NoneOfOurs.Contains(violation.Code)) => EffectOutcomeKind.Refused,
            RuleViolationException => EffectOutcomeKind.GivenUp,
            _ => effect.Repeat == EffectRepeat.Neither ? EffectOutcomeKind.GivenUp : EffectOutcomeKind.Failed,
        };
        return new EffectOutcome { Kind = kind, Error = defect.Message, StatusCode = outcome.StatusCode, AnswerJson = defect is JsonException ? null : outcome.AnswerJson };
    }

    private async Task<(EffectOutcome Outcome, GuardVerdict? Postponed)> TryAsync(Effect effect)
    {
        await using var scope = scopes.Open(effect.MerchantId, Actor.System);
        var handler = HandlerOf(scope, effect);
        if (handler is null)
        {
            return (new EffectOutcome { Kind = EffectOutcomeKind.GivenUp, Error = $"Nothing here can do '{effect.Kind}'." }, null);
        }

        try
        {
            var verdict = await handler.CheckAsync(effect, scope.Records, CancellationToken.None);
            if (verdict.Kind != GuardKind.Go)
            {
                return (new EffectOutcome { Kind = EffectOutcomeKind.Dropped, Error = verdict.Reason }, verdict.Kind == GuardKind.Later ? verdict : null);
            }
        }
        catch (Exception defect) when (!StoreFailure.Is(defect) && defect is not OutOfMemoryException)
        {
            log.LogError(defect, "Whether the effect {Key} is still wanted could not be told.", effect.Key);
            return (new EffectOutcome { Kind = EffectOutcomeKind.Failed, Error = defect.Message }, null);
        }

        try
        {
            return (await handler.DeliverAsync(effect, scope.Records, CancellationToken.None), null);
        }
        catch (RecordConflictException conflict)
        {
            // A handler commits only its intent, before anything leaves: nothing was sent.
            return (new EffectOutcome { Kind = EffectOutcomeKind.Failed, Error = conflict.Message }, null);
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            // Handlers read and keep their intent before anything leaves: where the store failed, nothing was sent.
            log.LogError(defect, "The effect {Key} failed in a way that nobody foresaw.", effect.Key);
            var kind = effect.Repeat == EffectRepeat.Neither && !StoreFailure.Is(defect) ? EffectOutcomeKind.Unknown : EffectOutcomeKind.Failed;
            return (new EffectOutcome { Kind = kind, Error = defect.Message }, null);
        }
    }

    private async Task SettleAsync(Effect effect, EffectOutcome outcome, GuardVerdict? postponed, bool takesIn)
    {
        await using var scope = scopes.Open(effect.MerchantId, Actor.System);
        var now = time.GetUtcNow();
        if (postponed is not null)
        {
            scope.Records.Settle(EffectJudgement.Postponed(effect, postponed, now));
            await scope.Records.CommitAsync();
            return;
        }

        var settlement = EffectJudgement.Of(effect, outcome, now, random.NextDouble());
        var meaning = settlement.State == EffectState.GivenUp ? outcome with { Kind = EffectOutcomeKind.GivenUp } : outcome;
        if (takesIn && HandlerOf(scope, effect) is { } handler)
        {
            await handler.ApplyAsync(effect, meaning, scope.Records, CancellationToken.None);
        }

        await EffectNews.AppendAsync(scope, effect, settlement, now);
        scope.Records.Settle(settlement);
        await scope.Records.CommitAsync();
    }

    private static IEffectHandler? HandlerOf(IMerchantScope scope, Effect effect) =>
        scope.Services.GetServices<IEffectHandler>().FirstOrDefault(handler => handler.Kind == effect.Kind);
}
