using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Payments.Effects;

namespace CentralPay.Workflows.Server.Webhooks;

/// <summary>Posts one signed callback. Any 2xx is a yes; a redirect is a no, for it could lead anywhere.</summary>
internal sealed class WebhookPost(HttpClient client, IWebHostEnvironment environment)
{
    public const int MostBodyBytes = 20_000;
    private const int MostShownCharacters = 300;

    public async Task<EffectOutcome> SendAsync(string url, byte[] key, string id, string body, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (Problem(url, bytes.Length) is { } problem)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Refused, Error = problem };
        }

        // The receiver checks the age by its own machine's clock: system time, fresh at each try.
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Sign(key, id, seconds, bytes));
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Judge(answer);
        }
        catch (HttpRequestException failure) when (failure.InnerException is ForbiddenTargetException forbidden)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Refused, Error = forbidden.Message };
        }
        catch (ForbiddenTargetException forbidden)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Refused, Error = forbidden.Message };
        }
        catch (HttpRequestException failure)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Failed, Error = Shortened(failure.Message) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Failed, Error = $"No answer within {client.Timeout.TotalSeconds:0} s." };
        }
    }

    private string? Problem(string url, int bytes) =>
        bytes > MostBodyBytes
            ? $"The callback has {bytes} bytes; at most {MostBodyBytes} are sent."
            : CallbackAddress.Problem(url, environment.IsDevelopment()) is { } problem ? $"The endpoint's address cannot be used: {problem}." : null;

    private static EffectOutcome Judge(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        return status switch
        {
            >= 200 and < 300 => new EffectOutcome { Kind = EffectOutcomeKind.Delivered, StatusCode = status },
            (int)HttpStatusCode.Gone => new EffectOutcome { Kind = EffectOutcomeKind.Refused, StatusCode = status, Error = "The endpoint answered 410: it wants no more callbacks." },
            _ => new EffectOutcome { Kind = EffectOutcomeKind.Failed, StatusCode = status, Error = $"The endpoint answered {status}.", RetryAfter = RetryAfter(answer) },
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage answer)
    {
        var asked = answer.Headers.RetryAfter?.Delta ?? (answer.Headers.RetryAfter?.Date is { } date ? date - TimeProvider.System.GetUtcNow() : null);
        return asked > TimeSpan.Zero ? asked : null;
    }

    private static string Shortened(string text) => text.Length > MostShownCharacters ? text[..MostShownCharacters] : text;
}
