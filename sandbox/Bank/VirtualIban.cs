using System.Globalization;
using System.Numerics;

namespace CentralPay.Workflows.Sandbox.Bank;

/// <summary>
/// French IBANs of the pretended bank 99999: one branch for each account of the sandbox, one account number for each payment request,
/// with a correct RIB key (97 - (89 bank + 15 branch + 3 account) mod 97) and a correct ISO 13616 check.
/// </summary>
public static class VirtualIban
{
    private const long Bank = 99999;
    private const long AccountNumbers = 100_000_000_000;

    // Coprime to the number of accounts, so that each request gets a number of its own and neighbours look nothing alike.
    private const long Spread = 38_196_601_127;

    public static string For(long accountNumber, long requestNumber)
    {
        var number = (long)(new BigInteger(requestNumber) * Spread % AccountNumbers);
        var key = 97 - (89 * Bank + 15 * accountNumber + 3 * number) % 97;
        var bban = string.Create(CultureInfo.InvariantCulture, $"{Bank:D5}{accountNumber:D5}{number:D11}{key:D2}");
        return $"FR{98 - Remainder(bban + "FR00"):D2}{bban}";
    }

    /// <summary>The account whose virtual IBANs begin like this one; null when the IBAN is none of this bank's.</summary>
    public static long? AccountOf(string iban) =>
        iban.Length == 27 && iban.StartsWith("FR", StringComparison.Ordinal) && iban[4..9] == "99999"
        && long.TryParse(iban[9..14], NumberStyles.None, CultureInfo.InvariantCulture, out var account) ? account : null;

    /// <summary>The IBAN without spaces, in capitals; null when its check digits are wrong.</summary>
    public static string? Normalise(string? written)
    {
        var iban = string.Concat((written ?? "").Where(character => !char.IsWhiteSpace(character))).ToUpperInvariant();
        return iban.Length is >= 15 and <= 34 && iban.All(char.IsAsciiLetterOrDigit) && iban[..2].All(char.IsAsciiLetter)
            && iban[2..4].All(char.IsAsciiDigit) && Remainder(iban[4..] + iban[..4]) == 1 ? iban : null;
    }

    /// <summary>In groups of four, as people read it.</summary>
    public static string Show(string iban) => string.Join(' ', iban.Chunk(4).Select(group => new string(group)));

    private static int Remainder(string text) => text.Aggregate(0, (remainder, character) =>
        char.IsAsciiDigit(character) ? (remainder * 10 + (character - '0')) % 97 : (remainder * 100 + (character - 'A' + 10)) % 97);
}
