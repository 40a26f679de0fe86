using System.Text;
using CentralPay.Workflows.Payments.Callbacks;
using CentralPay.Workflows.Server.Webhooks;

namespace CentralPay.Workflows.Server.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    // The vector published with the Standard Webhooks specification.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    [Fact]
    public void The_published_example_is_signed_as_published() =>
        Assert.Equal(Expected, WebhookSignature.Sign(WebhookSignature.KeyOf(Secret)!, Id, 1614265330, Body));

    [Fact]
    public void The_right_signature_counts_wherever_it_stands_in_the_list() =>
        Assert.True(Valid($"v1,AAAA v1a,BBBB {Expected}", Then));

    [Theory]
    [InlineData("v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("")]
    [InlineData(null)]
    public void A_wrong_or_missing_signature_does_not_count(string? signature) => Assert.False(Valid(signature, Then));

    [Fact]
    public void A_changed_body_does_not_count() =>
        Assert.False(WebhookSignature.IsValid(WebhookSignature.KeyOf(Secret)!, Id, Timestamp, Expected, "{}"u8, Then, Tolerance));

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_signature_counts_for_five_minutes_either_way(int seconds, bool counts) =>
        Assert.Equal(counts, Valid(Expected, Then.AddSeconds(seconds)));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64!")]
    public void A_secret_is_whsec_and_base64_of_24_to_64_bytes(string secret) => Assert.Null(WebhookSignature.KeyOf(secret));

    [Fact]
    public void A_new_secret_can_be_used() => Assert.Equal(32, WebhookSignature.KeyOf(CallbackSecret.New())!.Length);

    private static bool Valid(string? signature, DateTimeOffset now) =>
        WebhookSignature.IsValid(WebhookSignature.KeyOf(Secret)!, Id, Timestamp, signature, Body, now, Tolerance);
}
