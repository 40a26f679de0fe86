using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Figures;

namespace CentralPay.Workflows.Server.Api;

/// <summary>The figures of the live page: of the moment, of the last seven days, and the way of the month's money.</summary>
internal static class FiguresEndpoints
{
    private const string Tag = "figures";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/figures", async (ICollectionFigures figures, TimeProvider time, CancellationToken cancellationToken) =>
            Results.Ok(await figures.AtAsync(time.GetUtcNow(), cancellationToken)))
            .Needs(Permissions.Read).Produces<CollectionFigures>().WithTags(Tag);
        api.MapGet("/figures/week", async (ICollectionHistory history, TimeProvider time, CancellationToken cancellationToken) =>
            Results.Ok(new { data = await history.WeekAsync(time.GetUtcNow(), cancellationToken) }))
            .Needs(Permissions.Read).WithTags(Tag);
        api.MapGet("/figures/month", async (ICollectionHistory history, TimeProvider time, CancellationToken cancellationToken) =>
            Results.Ok(await history.MonthAsync(time.GetUtcNow(), cancellationToken)))
            .Needs(Permissions.Read).Produces<MonthFlow>().WithTags(Tag);
    }
}
