using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using CentralPay.Workflows.Server.Problems;
using Microsoft.AspNetCore.RateLimiting;

namespace CentralPay.Workflows.Server.Security;

/// <summary>How often one caller may call, a minute; section <c>RateLimits</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>API calls of one key or person.</summary>
    public int ApiPerMinute { get; set; } = 1200;

    /// <summary>Payer pages from one address.</summary>
    public int PayerPerMinute { get; set; } = 120;

    /// <summary>Sign-ins from one address.</summary>
    public int SignInPerMinute { get; set; } = 20;

    /// <summary>Webhooks from one address.</summary>
    public int WebhooksPerMinute { get; set; } = 6000;
}

/// <summary>The rate limits by door.</summary>
internal static class RateLimits
{
    public const string Api = "api";
    public const string Payer = "payer";
    public const string SignIn = "sign-in";
    public const string Webhooks = "webhooks";
    private const int SegmentsPerMinute = 6;

    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("RateLimits").Get<RateLimitOptions>() ?? new RateLimitOptions();
        return services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RejectAsync;
            limiter.AddPolicy(Api, context => Window(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? AddressOf(context), options.ApiPerMinute));
            limiter.AddPolicy(Payer, context => Window(AddressOf(context), options.PayerPerMinute));
            limiter.AddPolicy(SignIn, context => Window(AddressOf(context), options.SignInPerMinute));
            limiter.AddPolicy(Webhooks, context => Window(AddressOf(context), options.WebhooksPerMinute));
        });
    }

    private static RateLimitPartition<string> Window(string caller, int perMinute) => RateLimitPartition.GetSlidingWindowLimiter(caller, _ => new SlidingWindowRateLimiterOptions
    {
        PermitLimit = perMinute,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = SegmentsPerMinute,
    });

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        const int seconds = 60 / SegmentsPerMinute;
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Problem.Of(StatusCodes.Status429TooManyRequests, "too-many", ProblemText.Of("too-many-detail", seconds)).ExecuteAsync(rejected.HttpContext);
    }
}
