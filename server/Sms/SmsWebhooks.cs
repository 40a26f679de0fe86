using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Contacts;
using CentralPay.Workflows.Payments.Customers;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Messages;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Problems;
using CentralPay.Workflows.Server.Security;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Sms;

/// <summary>
/// Takes Twilio's reports in: how a message fares, and that somebody answered STOP. Reports come doubled and out of order; a
/// message's state only moves forward.
/// </summary>
internal sealed class SmsWebhooks(IMerchantDirectory directory, IMerchantScopes scopes, SmsAddresses addresses, IOptions<SmsOptions> options, ILogger<SmsWebhooks> log)
{
    private const int MostConflicts = 5;
    private const int MostFormBytes = 64 * 1024;
    private const int MostCustomersOfANumber = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/webhooks/sms/{merchantSlug}", (string merchantSlug, HttpContext context, SmsWebhooks webhooks) => webhooks.TakeAsync(merchantSlug, context))
        .AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Webhooks).ExcludeFromDescription();

    public async Task<IResult> TakeAsync(string merchantSlug, HttpContext context)
    {
        var request = context.Request;
        if (!request.HasFormContentType || request.ContentLength > MostFormBytes)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "bad-request");
        }

        var form = await request.ReadFormAsync(context.RequestAborted);
        if (!TwilioSignature.IsValid(options.Value.AuthToken, request.Headers[TwilioSignature.Header], addresses.Of(request), form))
        {
            log.LogWarning("A report of SMS for {Merchant} had no valid signature; nothing was changed.", merchantSlug.ReplaceLineEndings(""));
            return Problem.Of(StatusCodes.Status401Unauthorized, "unauthenticated");
        }

        if (await directory.FindBySlugAsync(merchantSlug, context.RequestAborted) is not { } merchantId)
        {
            return Problem.NotFound();
        }

        for (var conflict = 1; ; conflict++)
        {
            try
            {
                return await KeepAsync(merchantId, request, form, context.RequestAborted);
            }
            catch (RecordConflictException) when (conflict < MostConflicts)
            {
                // The sending itself is being kept at this moment: what the report means is decided again on what is there then.
            }
        }
    }

    private async Task<IResult> KeepAsync(Guid merchantId, HttpRequest request, IFormCollection form, CancellationToken cancellationToken)
    {
        await using var scope = scopes.Open(merchantId, Actor.System);
        if (form["OptOutType"].ToString() is "STOP")
        {
            await StopAsync(scope, form["From"].ToString(), cancellationToken);
        }
        else if (Guid.TryParse(request.Query["message"], out var messageId) && Enum.TryParse<MessageDelivery>(form["MessageStatus"], ignoreCase: true, out var reported) && Enum.IsDefined(reported))
        {
            await ReportAsync(scope, messageId, reported, form["ErrorCode"].ToString(), cancellationToken);
        }
        else
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "bad-request");
        }

        await scope.Records.CommitAsync(cancellationToken);
        return Results.Ok();
    }

    private static async Task ReportAsync(IMerchantScope scope, Guid messageId, MessageDelivery reported, string error, CancellationToken cancellationToken)
    {
        var changed = await scope.Services.GetRequiredService<MessageLog>().MarkDeliveryAsync(messageId, reported, error.Length > 0 ? error : null, cancellationToken);
        var optedOut = int.TryParse(error, System.Globalization.CultureInfo.InvariantCulture, out var code) && code == TwilioCodes.OptedOut;
        if (changed && optedOut && await scope.Records.FindAsync<Message>(messageId, cancellationToken) is { CustomerId: { } customerId })
        {
            await scope.Services.GetRequiredService<ContactDesk>().SuppressAsync(customerId, MessageChannel.Sms, cancellationToken);
        }
    }

    /// <summary>One number may belong to several customers: a family, a firm and its owner.</summary>
    private static async Task StopAsync(IMerchantScope scope, string number, CancellationToken cancellationToken)
    {
        var contacts = scope.Services.GetRequiredService<ContactDesk>();
        foreach (var customer in await scope.Records.ListAsync<Customer>(customer => customer.Phone == number, MostCustomersOfANumber, cancellationToken))
        {
            await contacts.SuppressAsync(customer.Id, MessageChannel.Sms, cancellationToken);
        }
    }
}
