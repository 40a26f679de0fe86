using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>What an endpoint needs of its caller; shown in the API's description.</summary>
internal sealed record NeedsPermission(string Permission);

/// <summary>The rules that hold at every door of the API.</summary>
internal static class Doors
{
    /// <summary>The caller must hold a permission. The service behind checks its own again.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, string permission) => endpoint
        .WithMetadata(new NeedsPermission(permission))
        .AddEndpointFilter(async (invocation, next) =>
        {
            invocation.HttpContext.RequestServices.GetRequiredService<ICurrentActor>().Actor.Require(permission);
            return await next(invocation);
        });

    /// <summary>What went wrong becomes problem details, before anything else sees it.</summary>
    public static async ValueTask<object?> AnswerProblemsAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation) ?? Problem.NotFound();
        }
        catch (Exception exception) when (Problem.For(exception) is not null)
        {
            return Problem.For(exception);
        }
    }

    /// <summary>The row as it is shown, or 404: another merchant's row looks like none.</summary>
    public static IResult Shown<TRow, TShown>(TRow? row, Func<TRow, TShown> show) where TRow : class =>
        row is null ? Problem.NotFound() : Results.Ok(show(row));
}
