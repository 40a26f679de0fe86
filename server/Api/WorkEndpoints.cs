using CentralPay.Workflows.Designer.Settings;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Server.Api;

/// <summary>What of a merchant's work waits now, for whoever watches over it.</summary>
internal static class WorkEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/work", async (WorkDesk desk, CancellationToken cancellationToken) => Results.Ok(WorkShown.Of(await desk.StandAsync(cancellationToken))))
            .Needs(Permissions.Read).Produces<WorkShown>().WithTags("work");
}

/// <summary>The work as the API shows it: lanes with how much waits, is being done, and since when; destinations with what is to leave.</summary>
internal sealed record WorkShown(DateTimeOffset At, IReadOnlyList<LaneStand> Lanes, IReadOnlyList<DestinationStand> Destinations)
{
    public static WorkShown Of(WorkStand stand) => new(stand.At, stand.Lanes, stand.Destinations);
}
