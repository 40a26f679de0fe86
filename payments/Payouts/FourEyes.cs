using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Payouts;

/// <summary>
/// Nobody signs their own: the approver is neither who made the payout, nor who set the account it goes to. For a payout that
/// a scenario or a schedule made, who published the scenario's version and who edited the beneficiary last count as its makers.
/// A key of a machine is the person who issued it. Pure.
/// </summary>
public static class FourEyes
{
    /// <summary>The rule that keeps an actor from signing; null when they may.</summary>
    /// <param name="actor">Who wants to sign.</param>
    /// <param name="payout">What is signed.</param>
    /// <param name="beneficiary">Whom it pays.</param>
    /// <param name="publishers">Who published the scenarios that asked for its operations, by identity.</param>
    /// <param name="isAutomatic">Whether a scenario or a schedule made any of it.</param>
    public static string? Refusal(Actor actor, Payout payout, Beneficiary beneficiary, IReadOnlyCollection<string> publishers, bool isAutomatic)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(payout);
        ArgumentNullException.ThrowIfNull(beneficiary);
        ArgumentNullException.ThrowIfNull(publishers);
        return actor switch
        {
            _ when actor.Id == Actor.System.Id => RuleCodes.PayoutOwn,
            _ when Is(actor, payout.CreatorList()) => RuleCodes.PayoutOwn,
            _ when Is(actor, [beneficiary.AccountSetBy]) => RuleCodes.PayoutOwnAccount,
            _ when isAutomatic && Is(actor, publishers) => RuleCodes.PayoutOwnScenario,
            _ when isAutomatic && Is(actor, [beneficiary.EditedBy]) => RuleCodes.PayoutOwnBeneficiary,
            _ => null,
        };
    }

    /// <summary>The identities that make an actor a maker, separated by spaces: their own, and for a key its issuer's.</summary>
    public static string IdentitiesOf(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.IssuedBy is null || actor.IssuedBy == Actor.System.Id ? actor.Id : $"{actor.Id} {actor.IssuedBy}";
    }

    private static bool Is(Actor actor, IReadOnlyCollection<string> makers) =>
        IdentitiesOf(actor).Split(' ').Any(identity => makers.Any(maker => maker.Split(' ').Contains(identity, StringComparer.Ordinal)));
}
