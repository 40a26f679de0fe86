using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Server.Security;

namespace CentralPay.Workflows.Server.Payer;

/// <summary>The pages a payer reaches by the secret link: see what is owed, pay by card at the gateway or by transfer, come back.</summary>
internal sealed class PayerEndpoints(IMerchantDirectory directory, IMerchantScopes scopes, TimeProvider time)
{
    /// <summary>How long after a return the page says that it is checking, unless the money is known before.</summary>
    private static readonly TimeSpan CheckingFor = TimeSpan.FromMinutes(2);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/pay").AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Payer).ExcludeFromDescription();
        pages.MapGet("/{token}", (string token, string? lang, HttpContext context, PayerEndpoints payer) => payer.ShowAsync(token, lang, context));
        pages.MapPost("/{token}/card", (string token, HttpContext context, PayerEndpoints payer) => payer.ToCardPageAsync(token, context));
        pages.MapMethods("/{token}/return", ["GET", "POST"], (string token, HttpContext context, PayerEndpoints payer) => payer.ReturnAsync(token, context));
        pages.MapFallback(Unknown);
    }

    private Task<IResult> ShowAsync(string token, string? lang, HttpContext context) => WithAsync(token, context, async (scope, request) =>
    {
        var merchant = await scope.Records.FindAsync<Merchant>(request.MerchantId, context.RequestAborted) ?? throw new InvalidOperationException("The merchant is gone.");
        var invoice = await scope.Records.FindAsync<Invoice>(request.InvoiceId, context.RequestAborted) ?? throw new InvalidOperationException("The invoice is gone.");
        var customer = await scope.Records.FindAsync<Customer>(request.CustomerId, context.RequestAborted);
        var words = PayerWords.For([lang, customer?.Language, .. Accepted(context.Request)]);
        return Html(context, words, page => page.Of(ViewOf(request, merchant, invoice)), StatusCodes.Status200OK, request.GatewayEndpoint);
    });

    private Task<IResult> ToCardPageAsync(string token, HttpContext context) => WithAsync(token, context, (_, request) =>
    {
        var open = request.RequestStatus == RequestStatus.Active && request.GatewayEndpoint is not null;
        IResult answer = SeeOther(open && CardPage(request.GatewayEndpoint!) is { } page ? page.AbsoluteUri : $"/pay/{token}");
        return Task.FromResult(answer);
    });

    private Task<IResult> ReturnAsync(string token, HttpContext context) => WithAsync(token, context, async (scope, request) =>
    {
        await scope.Services.GetRequiredService<PaymentRequests>().BrowserReturnedAsync(request.Id, context.RequestAborted);
        return SeeOther($"/pay/{token}");
    });

    private async Task<IResult> WithAsync(string token, HttpContext context, Func<IMerchantScope, PaymentRequest, Task<IResult>> answer)
    {
        if (!PaymentLinks.IsToken(token) || await directory.FindByLinkTokenAsync(token, context.RequestAborted) is not { } merchantId)
        {
            return Unknown(context);
        }

        await using var scope = scopes.Open(merchantId, Actor.System);
        return await scope.Services.GetRequiredService<PaymentRequests>().FindByLinkAsync(token, context.RequestAborted) is { } request
            ? await answer(scope, request)
            : Unknown(context);
    }

    private static IResult Unknown(HttpContext context) =>
        Html(context, PayerWords.For(Accepted(context.Request)), page => page.Unknown(), StatusCodes.Status404NotFound, null);

    private PayerView ViewOf(PaymentRequest request, Merchant merchant, Invoice invoice)
    {
        var now = time.GetUtcNow();
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(merchant.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        return new PayerView
        {
            State = StateOf(request, invoice, now),
            Token = request.LinkToken,
            MerchantName = merchant.Name,
            MerchantEmail = merchant.SenderEmail,
            InvoiceNumber = invoice.Number,
            Description = invoice.Description,
            DueDate = invoice.DueDate,
            IsOverdue = invoice.DueDate < DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime),
            Amount = request.Amount,
            Paid = request.Paid,
            CardPage = request.GatewayEndpoint is { } address ? CardPage(address) : null,
            Iban = request.VirtualIban,
            Reference = request.Reference,
        };
    }

    private static PayerState StateOf(PaymentRequest request, Invoice invoice, DateTimeOffset now) => request switch
    {
        { PaymentStatus: RequestPaymentStatus.Paid } => PayerState.Paid,
        _ when invoice.Status == InvoiceStatus.Paid => PayerState.Paid,
        { RequestStatus: not RequestStatus.Active } => PayerState.Ended,
        { Deadline: { } deadline } when deadline <= now => PayerState.Ended,
        { GatewayRequestId: null } => PayerState.Preparing,
        { ReturnedAt: { } returned } when now - returned < CheckingFor && request.Paid.IsZero => PayerState.Checking,
        _ => PayerState.ToPay,
    };

    private static Uri? CardPage(string address) => Uri.TryCreate(address, UriKind.Absolute, out var page) && page.Scheme is "https" or "http" ? page : null;

    private static IEnumerable<string> Accepted(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString());

    private static SeeOtherResult SeeOther(string address) => new SeeOtherResult(address);

    private static IResult Html(HttpContext context, PayerWords words, Func<PayerPage, string> render, int status, string? cardPage)
    {
        var nonce = SecurityHeaders.NewNonce();

        // A form that leads to the gateway is followed there by a redirect, and browsers hold that against form-action too.
        var gateway = cardPage is not null && CardPage(cardPage) is { } page ? $" {page.GetLeftPart(UriPartial.Authority)}" : "";
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src data:; form-action 'self'{gateway}; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return Results.Content(render(new PayerPage(words, nonce)), "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>A redirect that a form's POST is followed by as a GET (RFC 9110, 15.4.4).</summary>
    private sealed class SeeOtherResult(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            httpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Task.CompletedTask;
        }
    }
}
