namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>The check arithmetic of ISO 7064 MOD 97-10, which IBANs and creditor references share: letters count from A = 10.</summary>
internal static class Mod97
{
    private const int CheckCharacters = 4;

    /// <summary>The remainder by 97 of the characters, the first four moved to the end; the characters are A-Z and 0-9.</summary>
    internal static int Of(string text)
    {
        var remainder = 0;
        foreach (var letter in text.AsSpan(CheckCharacters))
        {
            remainder = Next(remainder, letter);
        }

        foreach (var letter in text.AsSpan(0, CheckCharacters))
        {
            remainder = Next(remainder, letter);
        }

        return remainder;
    }

    /// <summary>The two check digits that make the remainder 1.</summary>
    internal static string CheckDigits(string prefix, string body) =>
        (98 - Of(prefix + "00" + body)).ToString("00", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Upper case, without the spaces and hyphens people write; null when another character is in it.</summary>
    internal static string? Normalise(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var kept = new string([.. text.Where(letter => !char.IsWhiteSpace(letter) && letter != '-')]).ToUpperInvariant();
        return kept.Length > CheckCharacters && kept.All(char.IsAsciiLetterOrDigit) ? kept : null;
    }

    private static int Next(int remainder, char letter) =>
        char.IsAsciiDigit(letter) ? ((remainder * 10) + (letter - '0')) % 97 : ((remainder * 100) + (letter - 'A' + 10)) % 97;
}
