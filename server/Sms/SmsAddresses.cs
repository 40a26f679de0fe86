using CentralPay.Workflows.Server.Payer;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Sms;

/// <summary>This server as Twilio reaches it. What Twilio signs is the exact address it was given, whatever proxy stands between.</summary>
internal sealed class SmsAddresses(IOptions<SmsOptions> sms, IOptions<PayerOptions> payer)
{
    /// <summary>The address for a message's reports.</summary>
    public string StatusCallback(string merchantSlug, Guid messageId) => $"{Base}/webhooks/sms/{merchantSlug}?message={messageId:D}";

    /// <summary>The address that a request came to, as it was given out.</summary>
    public string Of(HttpRequest request) => $"{Base}{request.Path}{request.QueryString}";

    private string Base => (sms.Value.CallbackBaseUrl.Length > 0 ? sms.Value.CallbackBaseUrl : payer.Value.PublicUrl).TrimEnd('/');
}
