using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Requests;
using CentralPay.Workflows.Server.Security;

namespace CentralPay.Workflows.Server.Payer;

/// <summary>The pages a payer reaches by the secret link: see what is owed, pay by card at the gateway, by direct debit or by transfer, come back.</summary>
internal sealed class PayerEndpoints(IMerchantDirectory directory, IMerchantScopes scopes, PayerDebits debits, TimeProvider time)
{
    /// <summary>How long after a return the page says that it is checking, unless the money is known before.</summary>
    private static readonly TimeSpan CheckingFor = TimeSpan.FromMinutes(2);

    private const int MostConflicts = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/pay").AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Payer).ExcludeFromDescription();
        pages.MapGet("/{token}", (string token, string? lang, HttpContext context, PayerEndpoints payer) => payer.ShowAsync(token, lang, context));
        pages.MapPost("/{token}/card", (string token, HttpContext context, PayerEndpoints payer) => payer.ToCardPageAsync(token, context));
        pages.MapPost("/{token}/mandate", (string token, HttpContext context, PayerDebits debits, PayerEndpoints payer) => payer.WithAsync(token, context, (scope, request) => debits.ToSigningAsync(scope, request, context.RequestAborted)));
        pages.MapMethods("/{token}/mandate/return", ["GET", "POST"], (string token, HttpContext context, PayerDebits debits, PayerEndpoints payer) =>
            payer.WithAsync(token, context, (scope, request) => debits.SignedAsync(scope, request, context.RequestAborted)));
        pages.MapPost("/{token}/debit", (string token, HttpContext context, PayerDebits debits, PayerEndpoints payer) => payer.WithAsync(token, context, (scope, request) => debits.PayAsync(scope, request, context.RequestAborted)));
        pages.MapMethods("/{token}/return", ["GET", "POST"], (string token, HttpContext context, PayerEndpoints payer) => payer.ReturnAsync(token, context));
        pages.MapFallback(Unknown);
    }

    private Task<IResult> ShowAsync(string token, string? lang, HttpContext context) => WithAsync(token, context, async (scope, request) =>
    {
        // A link whose request was replaced leads on, unless its payer has just paid there.
        if (!IsChecking(request, time.GetUtcNow()) && await scope.Services.GetRequiredService<PaymentRequests>().InForceAsync(request, context.RequestAborted) is var inForce && inForce.Id != request.Id)
        {
            return SeeOther($"/pay/{inForce.LinkToken}{context.Request.QueryString}");
        }

        var merchant = await scope.Records.FindAsync<Merchant>(request.MerchantId, context.RequestAborted) ?? throw new InvalidOperationException("The merchant is gone.");
        var invoice = await scope.Records.FindAsync<Invoice>(request.InvoiceId, context.RequestAborted) ?? throw new InvalidOperationException("The invoice is gone.");
        var customer = await scope.Records.FindAsync<Customer>(request.CustomerId, context.RequestAborted);
        var words = PayerWords.For([lang, customer?.Language, .. Accepted(context.Request)]);
        var (debit, signingPage) = await debits.OfferAsync(scope, merchant, invoice, context.RequestAborted);
        return Html(context, words, page => page.Of(ViewOf(request, merchant, invoice, debit)), StatusCodes.Status200OK, [request.GatewayEndpoint, signingPage]);
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

    public async Task<IResult> WithAsync(string token, HttpContext context, Func<IMerchantScope, PaymentRequest, Task<IResult>> answer)
    {
        if (!PaymentLinks.IsToken(token) || await directory.FindByLinkTokenAsync(token, context.RequestAborted) is not { } merchantId)
        {
            return Unknown(context);
        }

        for (var conflict = 1; ; conflict++)
        {
            await using var scope = scopes.Open(merchantId, Actor.System);
            try
            {
                return await scope.Services.GetRequiredService<PaymentRequests>().FindByLinkAsync(token, context.RequestAborted) is { } request
                    ? await answer(scope, request)
                    : Unknown(context);
            }
            catch (RecordConflictException) when (conflict < MostConflicts)
            {
                // The gateway's answer is being kept at this moment, or the payer pressed twice: decided again on what is there then.
            }
        }
    }

    private static IResult Unknown(HttpContext context) =>
        Html(context, PayerWords.For(Accepted(context.Request)), page => page.Unknown(), StatusCodes.Status404NotFound, []);

    private PayerView ViewOf(PaymentRequest request, Merchant merchant, Invoice invoice, DebitOffer? debit)
    {
        var now = time.GetUtcNow();
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(merchant.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        return new PayerView
        {
            State = StateOf(request, invoice, debit, now),
            Token = request.LinkToken,
            MerchantName = merchant.Name,
            MerchantEmail = merchant.SenderEmail,
            InvoiceNumber = invoice.Number,
            Description = invoice.Description,
            DueDate = invoice.DueDate,
            IsOverdue = invoice.DueDate < DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime),
            Amount = invoice.Amount,
            Remaining = invoice.Open,
            CardPage = request.GatewayEndpoint is { } address ? CardPage(address) : null,
            Iban = request.VirtualIban,
            Reference = request.Reference,
            Debit = debit,
        };
    }

    private static PayerState StateOf(PaymentRequest request, Invoice invoice, DebitOffer? debit, DateTimeOffset now) => request switch
    {
        _ when invoice.Status == InvoiceStatus.Paid => PayerState.Paid,
        _ when debit is { Step: DebitStep.UnderWay } => PayerState.Debited,
        { RequestStatus: not RequestStatus.Active } when IsChecking(request, now) => PayerState.Checking,
        { RequestStatus: not RequestStatus.Active } => PayerState.Ended,
        { Deadline: { } deadline } when deadline <= now => PayerState.Ended,
        { GatewayRequestId: null } => PayerState.Preparing,
        _ when IsChecking(request, now) => PayerState.Checking,
        _ => PayerState.ToPay,
    };

    private static bool IsChecking(PaymentRequest request, DateTimeOffset now) => request is { ReturnedAt: { } returned, Paid.IsZero: true } && now - returned < CheckingFor;

    private static Uri? CardPage(string address) => Uri.TryCreate(address, UriKind.Absolute, out var page) && page.Scheme is "https" or "http" ? page : null;

    private static IEnumerable<string> Accepted(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString());

    private static SeeOtherResult SeeOther(string address) => new(address);

    private static IResult Html(HttpContext context, PayerWords words, Func<PayerPage, string> render, int status, IReadOnlyList<string?> gatewayPages)
    {
        var nonce = SecurityHeaders.NewNonce();

        // A form that leads to the gateway is followed there by a redirect, and browsers hold that against form-action too.
        var gateway = string.Concat(gatewayPages.OfType<string>().Select(CardPage).OfType<Uri>().Select(page => $" {page.GetLeftPart(UriPartial.Authority)}").Distinct());
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; img-src data:; form-action 'self'{gateway}; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return Results.Content(render(new PayerPage(words, nonce)), "text/html; charset=utf-8", statusCode: status);
    }
}
