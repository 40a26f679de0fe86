using CentralPay.Workflows.Storage.Clock;

namespace CentralPay.Workflows.Server.Clock;

/// <summary>Business time goes on where it stood before the restart.</summary>
internal static class ClockRestore
{
    public static async Task RestoreClockAsync(this IServiceProvider services, CancellationToken cancellationToken = default) =>
        services.GetRequiredService<BusinessClock>().Restore(await services.GetRequiredService<IClockOffsetStore>().LoadAsync(cancellationToken));
}
