using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Payments.Simulation;

/// <summary>What would have been done outside.</summary>
/// <param name="Effect">The effect, with what it was asked with.</param>
/// <param name="Outcome">What it was answered with.</param>
/// <param name="Reason">Why the guard dropped it; null when it did not.</param>
/// <param name="At">When (simulated time).</param>
public sealed record SimulatedEffect(Effect Effect, EffectOutcomeKind Outcome, string? Reason, DateTimeOffset At);
