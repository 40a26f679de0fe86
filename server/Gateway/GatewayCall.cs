using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Makes one call and tells apart what surely happened, surely did not, and may have.</summary>
internal sealed class GatewayCall(HttpClient client, GatewayCredentials credentials)
{
    /// <summary>A call that changes something: a lost answer leaves its outcome unknown.</summary>
    public Task<GatewayResult<T>> ChangeAsync<T>(string path, IEnumerable<KeyValuePair<string, string>> form, string? key, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation(GatewayNames.IdempotenceKey, key);
        }

        return SendAsync(request, read, EffectOutcomeKind.Unknown, EffectOutcomeKind.Refused, cancellationToken);
    }

    /// <summary>A call that only reads: a lost answer changed nothing, and a refused question is no answer. Only of what is not there it is said so.</summary>
    public Task<GatewayResult<T>> ReadAsync<T>(string path, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), read, EffectOutcomeKind.Failed, EffectOutcomeKind.Failed, cancellationToken);

    /// <summary>A search by our own reference: only an empty list says that there is none. Of every other answer nobody knows what it means.</summary>
    public async Task<GatewayResult<T?>> FindAsync<T>(string path, string name, string reference, Func<JsonElement, T> read, CancellationToken cancellationToken)
        where T : class
    {
        var found = await ReadAsync(
            $"{path}?{name}={Uri.EscapeDataString(reference)}", answer => GatewayAnswers.OursIn(answer, name, reference) is { } ours ? read(ours) : null, cancellationToken);
        return found.Outcome == EffectOutcomeKind.Refused ? found with { Outcome = EffectOutcomeKind.Failed } : found;
    }

    private async Task<GatewayResult<T>> SendAsync<T>(
        HttpRequestMessage request, Func<JsonElement, T> read, EffectOutcomeKind whenLost, EffectOutcomeKind whenRefused, CancellationToken cancellationToken)
    {
        using (request)
        {
            if (await credentials.FindAsync(cancellationToken) is not { } found)
            {
                return new GatewayResult<T>(EffectOutcomeKind.Failed, default, "This merchant is not connected to the gateway: its login or password is missing.", (int)HttpStatusCode.Unauthorized);
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{found.Login}:{found.Password}")));
            try
            {
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
                var body = await answer.Content.ReadAsStringAsync(cancellationToken);
                return Judge(answer.StatusCode, body, read, whenLost, whenRefused);
            }
            catch (HttpRequestException failure)
            {
                var neverSent = failure.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
                return new GatewayResult<T>(neverSent ? EffectOutcomeKind.Failed : whenLost, default, failure.Message, (int?)failure.StatusCode);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new GatewayResult<T>(whenLost, default, $"The gateway did not answer within {client.Timeout.TotalSeconds:0} s.", null);
            }
        }
    }

    private static GatewayResult<T> Judge<T>(HttpStatusCode status, string body, Func<JsonElement, T> read, EffectOutcomeKind whenLost, EffectOutcomeKind whenRefused)
    {
        switch ((int)status)
        {
            case >= 200 and < 300:
                try
                {
                    using var document = JsonDocument.Parse(body);
                    return new GatewayResult<T>(EffectOutcomeKind.Delivered, read(document.RootElement), null, (int)status);
                }
                catch (Exception unreadable) when (unreadable is JsonException or GatewayAnswerException)
                {
                    return new GatewayResult<T>(whenLost, default, $"The gateway's answer cannot be read: {unreadable.Message}", (int)status);
                }

            case 404:
                return new GatewayResult<T>(EffectOutcomeKind.Refused, default, $"The gateway knows no such thing: {GatewayAnswers.Errors(body)}", (int)status);
            case 400 or 402 or 409 or 422:
                return new GatewayResult<T>(whenRefused, default, $"The gateway refused: {GatewayAnswers.Errors(body)}", (int)status);
            case 401 or 403:
                return new GatewayResult<T>(EffectOutcomeKind.Failed, default, "The gateway does not accept this merchant's login, or its rights do not allow the call.", (int)status);
            default:
                return new GatewayResult<T>(EffectOutcomeKind.Failed, default, $"The gateway answered {(int)status}.", (int)status);
        }
    }
}
