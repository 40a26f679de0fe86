using System.Buffers.Text;
using System.Security.Cryptography;
using CentralPay.Workflows.Payments.Amounts;

namespace CentralPay.Workflows.Payments.Requests;

/// <summary>The two things a payer recognises a request by: the link's secret, and the reference for a transfer.</summary>
public static class PaymentLinks
{
    private const int TokenBytes = 16;
    private const int ReferenceCharacters = 12;

    // Without the letters people confuse with digits or with each other.
    private const string ReferenceAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new secret for a link: 22 url-safe characters, 128 random bits.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>A new reference (ISO 11649): four groups of four, 60 random bits.</summary>
    public static string NewReference() => CreditorReference.Make(RandomNumberGenerator.GetString(ReferenceAlphabet, ReferenceCharacters));

    /// <summary>Whether the text has the form of a link's secret.</summary>
    public static bool IsToken(string? token) => token is { Length: 22 } && token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary>The address of our payment page for a link.</summary>
    public static string AddressOf(string paymentPageBaseUrl, string token)
    {
        ArgumentNullException.ThrowIfNull(paymentPageBaseUrl);
        return $"{paymentPageBaseUrl.TrimEnd('/')}/pay/{token}";
    }
}
