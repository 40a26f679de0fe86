using System.Globalization;
using System.Numerics;

namespace CentralPay.Workflows.Sandbox.Bank;

/// <summary>The reference a payer puts in the label of a transfer: a structured creditor reference (ISO 11649), which carries a check of its own.</summary>
public static class SepaReference
{
    public static string For(long requestNumber)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{requestNumber:D9}");
        // "CP" and "RF00" as ISO 7064 counts letters: C=12, P=25, R=27, F=15.
        var check = 98 - (int)(BigInteger.Parse("1225" + body + "271500", CultureInfo.InvariantCulture) % 97);
        return string.Create(CultureInfo.InvariantCulture, $"RF{check:D2}CP{body}");
    }
}
