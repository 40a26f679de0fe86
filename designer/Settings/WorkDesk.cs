using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Designer.Settings;

/// <summary>What of a merchant's work waits now, and how far the engine goes before it asks a person. Scoped to a merchant.</summary>
public sealed class WorkDesk(IWorkQueue queue, IOutboxQueue outbox, EngineLimits limits, MerchantBinding binding, TimeProvider time)
{
    /// <summary>How the work stands.</summary>
    public async Task<WorkStand> StandAsync(CancellationToken cancellationToken = default)
    {
        binding.Actor.Require(Permissions.Read);
        return new WorkStand(
            time.GetUtcNow(),
            await queue.StandAsync(binding.MerchantId, cancellationToken),
            await outbox.StandAsync(binding.MerchantId, cancellationToken),
            limits);
    }
}

/// <summary>How the work stands.</summary>
/// <param name="At">The business instant it was looked at.</param>
/// <param name="Lanes">Work on cases, by urgency.</param>
/// <param name="Destinations">What waits to leave.</param>
/// <param name="Limits">What holds for all of it.</param>
public sealed record WorkStand(DateTimeOffset At, IReadOnlyList<LaneStand> Lanes, IReadOnlyList<DestinationStand> Destinations, EngineLimits Limits);
