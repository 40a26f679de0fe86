using CentralPay.Workflows.Server.Sms;
using Microsoft.Extensions.Primitives;

namespace CentralPay.Workflows.Server.Tests.Sms;

public sealed class TwilioSignatureTests
{
    // The example of Twilio's own documentation.
    private const string Url = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string Token = "12345";
    private const string Signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    private static readonly Dictionary<string, StringValues> Form = new()
    {
        ["CallSid"] = "CA1234567890ABCDE",
        ["Caller"] = "+14158675309",
        ["Digits"] = "1234",
        ["From"] = "+14158675309",
        ["To"] = "+18005551212",
    };

    [Fact]
    public void The_address_and_the_sorted_parameters_are_signed_as_Twilio_does() => Assert.Equal(Signature, TwilioSignature.Of(Token, Url, Form));

    [Fact]
    public void A_signature_of_anything_else_is_none()
    {
        Assert.True(TwilioSignature.IsValid(Token, Signature, Url, Form));
        Assert.False(TwilioSignature.IsValid(Token, Signature, Url + "&x=1", Form));
        Assert.False(TwilioSignature.IsValid(Token, Signature, Url, new Dictionary<string, StringValues>(Form) { ["Digits"] = "1235" }));
        Assert.False(TwilioSignature.IsValid("other", Signature, Url, Form));
        Assert.False(TwilioSignature.IsValid("", TwilioSignature.Of("", Url, Form), Url, Form));
        Assert.False(TwilioSignature.IsValid(Token, null, Url, Form));
    }
}
