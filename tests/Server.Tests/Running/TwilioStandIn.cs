using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralPay.Workflows.Server.Tests.Running;

/// <summary>Answers over real HTTP as Twilio's Messages resource does: what it says of a number, the number itself tells.</summary>
public sealed class TwilioStandIn(int port) : IAsyncDisposable
{
    public const string AccountSid = "AC00000000000000000000000000000001";
    public const string AuthToken = "twilio-test-token";
    public const string From = "+33755000000";

    public const string OptedOut = "+33600021610";
    public const string NoNumber = "+33600021211";
    public const string BusyOnce = "+33600000429";
    public const string DownOnce = "+33600000503";
    public const string NeverAnswers = "+33600000408";

    private readonly ConcurrentDictionary<string, int> tries = new();
    private readonly ConcurrentQueue<SmsTaken> taken = new();
    private readonly CancellationTokenSource ending = new();
    private WebApplication? app;

    public string Address { get; } = $"http://127.0.0.1:{port}";

    /// <summary>The messages it took, in order.</summary>
    public IReadOnlyList<SmsTaken> Taken => [.. taken];

    public int TriesTo(string number) => tries.GetValueOrDefault(number);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add(Address);
        app.MapPost("/2010-04-01/Accounts/{sid}/Messages.json", AnswerAsync);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        ending.Dispose();
    }

    private async Task<IResult> AnswerAsync(string sid, HttpRequest request)
    {
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AccountSid}:{AuthToken}"));
        if (sid != AccountSid || !AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var given) || given.Scheme != "Basic" || given.Parameter != expected)
        {
            return Refused(401, 20003, "Authenticate");
        }

        var form = await request.ReadFormAsync();
        var to = form["To"].ToString();
        if (form["Body"].Count != 1 || form["StatusCallback"].Count != 1 || (form["From"].Count == 0 && form["MessagingServiceSid"].Count == 0))
        {
            return Refused(400, 21602, "Message body is required");
        }

        var attempt = tries.AddOrUpdate(to, 1, (_, count) => count + 1);
        switch (to)
        {
            case OptedOut:
                return Refused(400, 21610, "Attempt to send to unsubscribed recipient");
            case NoNumber:
                return Refused(400, 21211, $"Invalid 'To' Phone Number: {to}");
            case BusyOnce when attempt == 1:
                return Refused(429, 20429, "Too Many Requests");
            case DownOnce when attempt == 1:
                return Refused(503, 20503, "Service Unavailable");
            case NeverAnswers:
                await Task.Delay(Timeout.Infinite, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return Results.StatusCode(504);
        }

        var message = new SmsTaken($"SM{Guid.NewGuid():N}", to, form["From"].ToString(), form["Body"].ToString(), form["StatusCallback"].ToString());
        taken.Enqueue(message);
        return Results.Json(new { sid = message.Sid, status = "accepted", to, body = message.Body, error_code = (int?)null }, statusCode: 201);
    }

    private static IResult Refused(int status, int code, string message) =>
        Results.Json(new { code, message, more_info = $"https://www.twilio.com/docs/errors/{code}", status }, statusCode: status);
}

/// <summary>A message that was taken.</summary>
public sealed record SmsTaken(string Sid, string To, string From, string Body, string StatusCallback);
