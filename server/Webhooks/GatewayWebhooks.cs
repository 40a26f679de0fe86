using System.Text.Json;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Merchants;
using CentralPay.Workflows.Payments.Receipts;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Gateway;
using CentralPay.Workflows.Server.Problems;
using CentralPay.Workflows.Server.Security;

namespace CentralPay.Workflows.Server.Webhooks;

/// <summary>
/// Takes the gateway's webhooks in. A webhook is only a signal: what it is about is read at the gateway afterwards, and the
/// answer here is given at once. The same event a second time changes nothing.
/// </summary>
internal sealed class GatewayWebhooks(IMerchantDirectory directory, IMerchantScopes scopes, MerchantSecrets secrets, TimeProvider time, IWorkSignal signal, ILogger<GatewayWebhooks> log)
{
    private const int MostBodyBytes = 256 * 1024;
    private const int LongestEventId = 200;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/webhooks/gateway/{merchantSlug}", (string merchantSlug, HttpContext context, GatewayWebhooks webhooks) => webhooks.TakeAsync(merchantSlug, context))
        .AllowAnonymous().DisableAntiforgery().RequireRateLimiting(RateLimits.Webhooks).ExcludeFromDescription();

    public async Task<IResult> TakeAsync(string merchantSlug, HttpContext context)
    {
        var body = await ReadAsync(context.Request);
        if (body is null)
        {
            return Problem.Of(StatusCodes.Status413PayloadTooLarge, "too-large");
        }

        // An unknown merchant and a wrong signature look the same from outside.
        if (await directory.FindBySlugAsync(merchantSlug, context.RequestAborted) is not { } merchantId)
        {
            return Refused();
        }

        await using var scope = scopes.Open(merchantId, Actor.System);
        var merchant = await scope.Records.FindAsync<Merchant>(merchantId, context.RequestAborted);
        var headers = context.Request.Headers;
        if (WebhookSignature.KeyOf(secrets.Unprotect(merchant?.GatewayWebhookSecretProtected)) is not { } key
            || !WebhookSignature.IsValid(
                key, headers[WebhookSignature.IdHeader], headers[WebhookSignature.TimestampHeader], headers[WebhookSignature.SignatureHeader], body, TimeProvider.System.GetUtcNow(), Tolerance))
        {
            log.LogWarning("A webhook for {Merchant} had no valid signature; nothing was changed.", merchantSlug.ReplaceLineEndings(""));
            return Refused();
        }

        var eventId = headers[WebhookSignature.IdHeader].ToString();
        return eventId.Length > LongestEventId || Read(body) is not { } news
            ? Problem.Of(StatusCodes.Status400BadRequest, "bad-request")
            : await KeepAsync(scope.Records, eventId, news, context.RequestAborted);
    }

    private async Task<IResult> KeepAsync(IMerchantRecords records, string eventId, GatewayNews news, CancellationToken cancellationToken)
    {
        var known = await records.ListAsync<GatewayNotice>(notice => notice.EventId == eventId, 1, cancellationToken);
        if (known.Count > 0)
        {
            return Results.Ok();
        }

        var now = time.GetUtcNow();
        records.Add(new GatewayNotice
        {
            Id = Guid.CreateVersion7(),
            MerchantId = records.MerchantId,
            EventId = eventId,
            Type = news.Type,
            ObjectId = news.TransferId ?? news.PayoutId ?? news.MandateId ?? news.DebitId ?? news.RequestId,
            ReceivedAt = now,
        });
        if (Question(records.MerchantId, eventId, news, now) is { } question)
        {
            records.Ask(question);
        }

        try
        {
            await records.CommitAsync(cancellationToken);
        }
        catch (RecordConflictException)
        {
            // The same event came twice at the same moment, and the other one was first.
            return Results.Ok();
        }

        signal.Set();
        return Results.Ok();
    }

    private static Effect? Question(Guid merchantId, string eventId, GatewayNews news, DateTimeOffset now) => news switch
    {
        { TransferId: { } transfer } => GatewayReads.Transfer(merchantId, transfer, $"notice/{eventId}", now),
        { PayoutId: { } payout } => GatewayReads.Payout(merchantId, payout, $"notice/{eventId}", now),
        { MandateId: { } mandate } => GatewayReads.Mandate(merchantId, mandate, $"notice/{eventId}", now),
        { DebitId: { } debit } => GatewayReads.Debit(merchantId, debit, $"notice/{eventId}", now),
        { RequestId: { } request } => GatewayReads.Request(merchantId, request, $"notice/{eventId}", now),
        _ => null,
    };

    private static GatewayNews? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "type") is not { } type)
            {
                return null;
            }

            var subject = root.TryGetProperty("object", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
            return new GatewayNews(
                type,
                About(GatewayNames.TransferEventPrefix) ? Text(subject, GatewayNames.TransferId) : null,
                About(GatewayNames.MandateEventPrefix) ? Text(subject, GatewayNames.MandateId) : null,
                About(GatewayNames.DebitEventPrefix) ? Text(subject, GatewayNames.DebitId) : null,
                PayoutIn(type, subject),
                Text(subject, "paymentRequestId"));

            bool About(string prefix) => type.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? PayoutIn(string type, JsonElement subject) =>
        type.StartsWith(GatewayNames.WalletTransferEventPrefix, StringComparison.OrdinalIgnoreCase) ? Text(subject, GatewayNames.WalletTransferId)
        : type.StartsWith(GatewayNames.PayoutEventPrefix, StringComparison.OrdinalIgnoreCase) ? Text(subject, GatewayNames.PayoutId)
        : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > MostBodyBytes)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static IResult Refused() => Problem.Of(StatusCodes.Status401Unauthorized, "unauthenticated");

    private sealed record GatewayNews(string Type, string? TransferId, string? MandateId, string? DebitId, string? PayoutId, string? RequestId);
}
