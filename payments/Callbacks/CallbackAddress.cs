namespace CentralPay.Workflows.Payments.Callbacks;

/// <summary>Which addresses signed callbacks may go to. Asked when an address is entered, and again at each delivery.</summary>
public static class CallbackAddress
{
    /// <summary>Characters of an address, at the most.</summary>
    public const int LengthLimit = 500;

    /// <summary>The code of the rule: this is no web address, or it holds a name and password.</summary>
    public const string NoAddress = "url-invalid";

    /// <summary>The code of the rule: the address must begin with https.</summary>
    public const string NotHttps = "url-not-https";

    /// <summary>
    /// The code of the rule that an address breaks; null when callbacks may go there. A name and password in an address would be
    /// kept and shown in clear, so they are refused.
    /// </summary>
    /// <param name="url">The address as it was entered.</param>
    /// <param name="httpAllowed">Whether plain http will do, as it does in Development.</param>
    public static string? Problem(string url, bool httpAllowed) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0
            ? NoAddress
            : address.Scheme == "http" && !httpAllowed ? NotHttps : null;
}
