using System.Globalization;

namespace CentralPay.Workflows.Server.Problems;

/// <summary>A problem that passes by itself, and after how many seconds the caller may ask again (RFC 9110, 10.2.3).</summary>
internal sealed class ComeBackLater(IResult problem, int seconds) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return problem.ExecuteAsync(httpContext);
    }
}
