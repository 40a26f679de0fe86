using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Figures;

namespace CentralPay.Workflows.Server.Api;

/// <summary>The figures of the live page.</summary>
internal static class FiguresEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/figures", async (ICollectionFigures figures, TimeProvider time, CancellationToken cancellationToken) =>
            Results.Ok(await figures.AtAsync(time.GetUtcNow(), cancellationToken)))
            .Needs(Permissions.Read).Produces<CollectionFigures>().WithTags("figures");
}
