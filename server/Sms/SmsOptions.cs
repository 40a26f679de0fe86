namespace CentralPay.Workflows.Server.Sms;

/// <summary>How SMS leave; section <c>Sms</c>. With neither a folder nor an account, messages go by e-mail alone.</summary>
public sealed class SmsOptions
{
    /// <summary>Where SMS are written as text files while there is no account.</summary>
    public string PickupDirectory { get; set; } = "";

    /// <summary>Where Twilio's API is.</summary>
    public string BaseUrl { get; set; } = "https://api.twilio.com";

    /// <summary>The account at Twilio (<c>AC…</c>).</summary>
    public string AccountSid { get; set; } = "";

    /// <summary>The account's secret; it also signs the reports that come back.</summary>
    public string AuthToken { get; set; } = "";

    /// <summary>The messaging service that sends (<c>MG…</c>); it goes before <see cref="From"/>.</summary>
    public string MessagingServiceSid { get; set; } = "";

    /// <summary>The number or name that sends, where there is no messaging service.</summary>
    public string From { get; set; } = "";

    /// <summary>This server as Twilio reaches it, for reports of delivery; empty: <c>Payer:PublicUrl</c>.</summary>
    public string CallbackBaseUrl { get; set; } = "";

    /// <summary>How long Twilio may take to answer, in seconds; what takes longer counts as lost.</summary>
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>Whether Twilio is connected.</summary>
    public bool HasAccount => AccountSid.Length > 0;

    /// <summary>Whether anything is set up at all.</summary>
    public bool IsOpen => HasAccount || PickupDirectory.Length > 0;

    /// <summary>Whether what is set up is enough to send.</summary>
    public bool IsComplete => !HasAccount || (AuthToken.Length > 0 && (MessagingServiceSid.Length > 0 || From.Length > 0));
}
