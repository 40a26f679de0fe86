using System.Net;
using CentralPay.Workflows.Sandbox.PaymentPage;

namespace CentralPay.Workflows.Sandbox.Home;

/// <summary>The sandbox's own doors have no lock, so they open only to this machine, and to no page of another site.</summary>
public static class LoopbackOnly
{
    public static ValueTask<object?> FilterAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var problem = context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address)
            ? "The sandbox's own addresses answer this machine only."
            : SameSite(context.Request) ? null : "The call comes from a page of another site.";
        return problem is null ? next(invocation) : ValueTask.FromResult<object?>(Results.Problem(problem, statusCode: 403, title: "Forbidden"));
    }

    /// <summary>Whether a browser says that the call comes from a page of ours, reached directly or at the public address; other clients send no origin.</summary>
    public static bool SameSite(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var options = request.HttpContext.RequestServices.GetRequiredService<SandboxOptions>();
        return HttpMethods.IsGet(request.Method) || origin.Length == 0
            || origin == $"{request.Scheme}://{request.Host}" || origin == PageFrame.OriginOf(options.PublicUrl);
    }
}
