namespace CentralPay.Workflows.Payments.Effects;

/// <summary>
/// Whether somebody may have begun an effect before this try, and ended without a word: then what it creates is looked for first,
/// whatever the other side makes of our key. A process that ended so left no trace but time: the effect was due before this
/// process began, or for as long as it is held.
/// </summary>
/// <param name="time">The business clock.</param>
/// <param name="lease">How long a try holds an effect.</param>
public sealed class EffectTries(TimeProvider time, TimeSpan lease)
{
    private readonly DateTimeOffset began = time.GetUtcNow();

    /// <summary>Whether it may have been begun before; that it was not is certain, that it was is not.</summary>
    public bool MayHaveBegun(Effect effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return effect.Attempts > 0 || effect.DueAt < began || time.GetUtcNow() - effect.DueAt >= lease;
    }
}
