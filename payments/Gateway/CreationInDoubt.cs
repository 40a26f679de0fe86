using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Payments.Gateway;

/// <summary>What is cancelled at the gateway before its creation there was answered. Pure.</summary>
public static class CreationInDoubt
{
    private static readonly TimeSpan CreationTakes = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether the gateway is to be asked for what may be there, and to cancel it: not before its creation has ended, and not when
    /// it surely never came to be.
    /// </summary>
    /// <param name="cancellation">The effect that cancels it.</param>
    /// <param name="creation">The effect that creates it; null when there is none.</param>
    public static GuardVerdict Verdict(Effect cancellation, Effect? creation)
    {
        ArgumentNullException.ThrowIfNull(cancellation);
        return creation switch
        {
            null or { State: EffectState.Refused } => GuardVerdict.Drop("never-created"),
            { State: EffectState.Pending } => GuardVerdict.Later((creation.DueAt > cancellation.DueAt ? creation.DueAt : cancellation.DueAt) + CreationTakes, "being-created"),
            { MayHaveBegun: false } => GuardVerdict.Drop("never-created"),

            // The last try may still be under way there: a search that is too early finds nothing.
            { SettledAt: { } ended } when cancellation.DueAt < ended + CreationTakes => GuardVerdict.Later(ended + CreationTakes, "being-created"),
            _ => GuardVerdict.Go,
        };
    }
}
