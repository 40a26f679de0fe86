using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Security;

/// <summary>Binds a request's scope to the merchant and actor of whoever signed in; refuses changes that a page of another site sends with a cookie.</summary>
internal sealed class BindCaller(RequestDelegate next, ILogger<BindCaller> log)
{
    public async Task InvokeAsync(HttpContext context, MerchantBinding binding)
    {
        if (Caller.Of(context.User) is not { } caller)
        {
            await next(context);
            return;
        }

        if (Identity.IsForPrograms(context.Request.Path) && ComesFromElsewhere(context.Request))
        {
            await Problem.Of(StatusCodes.Status403Forbidden, "forbidden").ExecuteAsync(context);
            return;
        }

        binding.Bind(caller.MerchantId, caller.Actor);
        using var about = EngineLog.About(log, caller.MerchantId, null);
        await next(context);
    }

    private static bool ComesFromElsewhere(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
            && ApiKeyAuthentication.SecretIn(request) is null
            && origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
