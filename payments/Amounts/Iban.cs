using System.Collections.Frozen;

namespace CentralPay.Workflows.Payments.Amounts;

/// <summary>International bank account numbers (ISO 13616): normalised without spaces, shown in groups of four.</summary>
public static class Iban
{
    private const int MinLength = 15;
    private const int MaxLength = 34;

    private static readonly FrozenDictionary<string, int> Lengths = """
        AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22
        GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31
        MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 VA22 VG24 XK20
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Whether the text is an IBAN: known form, right length for its country, right check digits.</summary>
    public static bool IsValid(string? text) => TryParse(text) is not null;

    /// <summary>The IBAN without spaces, in upper case; null when the text is none.</summary>
    public static string? TryParse(string? text)
    {
        var iban = Mod97.Normalise(text);
        return iban is { Length: >= MinLength and <= MaxLength }
            && char.IsAsciiLetter(iban[0]) && char.IsAsciiLetter(iban[1]) && char.IsAsciiDigit(iban[2]) && char.IsAsciiDigit(iban[3])
            && (!Lengths.TryGetValue(iban[..2], out var length) || length == iban.Length)
            && Mod97.Of(iban) == 1
            ? iban
            : null;
    }

    /// <summary>The IBAN of a country and national account number, with its check digits.</summary>
    public static string Make(string country, string accountNumber) => country + Mod97.CheckDigits(country, accountNumber) + accountNumber;

    /// <summary>The IBAN in groups of four, as people read it.</summary>
    public static string Format(string iban)
    {
        ArgumentNullException.ThrowIfNull(iban);
        return Grouping.InFours(iban);
    }
}

/// <summary>Long references in groups of four.</summary>
internal static class Grouping
{
    private const int Size = 4;

    internal static string InFours(string text) => string.Join(' ', text.Chunk(Size).Select(group => new string(group)));
}
