using System.Diagnostics;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Server.Security;
using Microsoft.AspNetCore.Diagnostics;

namespace CentralPay.Workflows.Server.Problems;

/// <summary>What nobody foresaw: noted with a number, told without details.</summary>
internal sealed class UnhandledProblems : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!Identity.IsForPrograms(httpContext.Request.Path) && !httpContext.Request.Path.StartsWithSegments("/webhooks", StringComparison.Ordinal))
        {
            return false;
        }

        var number = Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier;
        var answer = Problem.For(exception) ?? Problem.Of(StatusCodes.Status500InternalServerError, "error", ProblemText.Of(StoreFailure.Is(exception) ? "store-error-detail" : "error-detail", number));
        await answer.ExecuteAsync(httpContext);
        return true;
    }
}
