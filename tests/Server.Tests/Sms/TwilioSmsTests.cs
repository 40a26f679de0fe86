using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Server.Outbox;
using CentralPay.Workflows.Server.Sms;
using CentralPay.Workflows.Server.Tests.Running;
using CentralPay.Workflows.Tests.Shared;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Tests.Sms;

public sealed class TwilioSmsTests : IAsyncLifetime
{
    private TwilioStandIn Twilio { get; } = new(FreePort.Next());

    public Task InitializeAsync() => Twilio.StartAsync();

    public async Task DisposeAsync() => await Twilio.DisposeAsync();

    [Fact]
    public async Task A_message_is_taken_under_the_providers_id()
    {
        var outcome = await SendAsync("+33612345678");

        var taken = Assert.Single(Twilio.Taken);
        Assert.Equal((EffectOutcomeKind.Delivered, taken.Sid), (outcome.Kind, DomainJson.Read<MessageAnswer>(outcome.AnswerJson!).ProviderId));
        Assert.Equal(("+33612345678", TwilioStandIn.From, "Bonjour é €", "https://here.test/x"), (taken.To, taken.From, taken.Body, taken.StatusCallback));
    }

    [Fact]
    public async Task A_messaging_service_goes_before_a_number()
    {
        await SendAsync("+33612345678", options => options.MessagingServiceSid = "MG1");

        Assert.Equal("", Assert.Single(Twilio.Taken).From);
    }

    [Theory]
    [InlineData(TwilioStandIn.OptedOut, EffectOutcomeKind.Refused, 21610)]
    [InlineData(TwilioStandIn.NoNumber, EffectOutcomeKind.Refused, 21211)]
    public async Task A_no_for_good_says_why(string number, EffectOutcomeKind kind, int code)
    {
        var outcome = await SendAsync(number);

        Assert.Equal((kind, code), (outcome.Kind, DomainJson.Read<MessageAnswer>(outcome.AnswerJson!).Code!.Value));
    }

    [Theory]
    [InlineData(TwilioStandIn.BusyOnce, 429)]
    [InlineData(TwilioStandIn.DownOnce, 503)]
    public async Task A_busy_provider_is_tried_again(string number, int status)
    {
        var first = await SendAsync(number);

        Assert.Equal((EffectOutcomeKind.Failed, status), (first.Kind, first.StatusCode));
        Assert.Equal(EffectOutcomeKind.Delivered, (await SendAsync(number)).Kind);
    }

    [Fact]
    public async Task A_wrong_secret_is_tried_again_once_it_is_right() =>
        Assert.Equal(EffectOutcomeKind.Failed, (await SendAsync("+33612345678", options => options.AuthToken = "wrong")).Kind);

    [Fact]
    public async Task An_answer_that_never_comes_leaves_the_outcome_unknown() =>
        Assert.Equal(EffectOutcomeKind.Unknown, (await SendAsync(TwilioStandIn.NeverAnswers)).Kind);

    [Fact]
    public async Task A_provider_that_is_not_there_took_nothing() =>
        Assert.Equal(EffectOutcomeKind.Failed, (await SendAsync("+33612345678", options => options.BaseUrl = $"http://127.0.0.1:{FreePort.Next()}")).Kind);

    private async Task<EffectOutcome> SendAsync(string to, Action<SmsOptions>? with = null)
    {
        var options = new SmsOptions { BaseUrl = Twilio.Address, AccountSid = TwilioStandIn.AccountSid, AuthToken = TwilioStandIn.AuthToken, From = TwilioStandIn.From };
        with?.Invoke(options);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(to == TwilioStandIn.NeverAnswers ? 1 : 60) };
        return await new TwilioSms(client, Options.Create(options)).SendAsync(new OutgoingSms("key", to, "Bonjour é €", "https://here.test/x"), CancellationToken.None);
    }
}
