using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Server.Outbox;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Sms;

/// <summary>
/// Sends SMS through Twilio's REST API. It knows no key of ours: an answer that is lost leaves the outcome unknown. A 429 or 5xx
/// sent nothing and is tried again; any other no is for good.
/// </summary>
internal sealed class TwilioSms(HttpClient client, IOptions<SmsOptions> options) : ISmsTransport
{
    private const int TooManyRequests = 429;
    private const int ServerError = 500;

    public bool IsRepeatable => false;

    public async Task<EffectOutcome> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
    {
        var account = options.Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{account.BaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{Uri.EscapeDataString(account.AccountSid)}/Messages.json")
        {
            Content = new FormUrlEncodedContent(
            [
                new("To", sms.To),
                account.MessagingServiceSid.Length > 0 ? new("MessagingServiceSid", account.MessagingServiceSid) : new("From", account.From),
                new("Body", sms.Text),
                new("StatusCallback", sms.StatusCallback),
            ]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.AccountSid}:{account.AuthToken}")));
        try
        {
            using var answer = await client.SendAsync(request, cancellationToken);
            return Judge((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken), answer.Headers.RetryAfter?.Delta);
        }
        catch (HttpRequestException failure)
        {
            var neverSent = failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
            return new EffectOutcome { Kind = neverSent ? EffectOutcomeKind.Failed : EffectOutcomeKind.Unknown, Error = failure.Message };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new EffectOutcome { Kind = EffectOutcomeKind.Unknown, Error = $"Twilio did not answer within {client.Timeout.TotalSeconds:0} s." };
        }
    }

    private static EffectOutcome Judge(int status, string body, TimeSpan? retryAfter)
    {
        var (sid, code, message) = Read(body);
        return status switch
        {
            >= 200 and < 300 when sid is not null => new EffectOutcome { Kind = EffectOutcomeKind.Delivered, StatusCode = status, AnswerJson = DomainJson.Write(new MessageAnswer(sid)) },
            >= 200 and < 300 => new EffectOutcome { Kind = EffectOutcomeKind.Unknown, StatusCode = status, Error = "Twilio took the message, but its answer names none." },
            401 or 403 or TooManyRequests or >= ServerError => new EffectOutcome { Kind = EffectOutcomeKind.Failed, StatusCode = status, RetryAfter = retryAfter, Error = Sentence(status, code, message) },
            _ => new EffectOutcome { Kind = EffectOutcomeKind.Refused, StatusCode = status, Error = Sentence(status, code, message), AnswerJson = DomainJson.Write(new MessageAnswer(null, code)) },
        };
    }

    private static string Sentence(int status, int? code, string? message) => $"Twilio answered {status}{(code is null ? "" : $", {code}")}{(message is null ? "." : $": {message}")}";

    private static (string? Sid, int? Code, string? Message) Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Object ? default : (
                root.TryGetProperty("sid", out var sid) && sid.ValueKind == JsonValueKind.String ? sid.GetString() : null,
                root.TryGetProperty("code", out var code) && code.TryGetInt32(out var number) ? number : null,
                root.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
