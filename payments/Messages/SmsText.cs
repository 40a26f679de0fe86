namespace CentralPay.Workflows.Payments.Messages;

/// <summary>How the characters of an SMS are sent.</summary>
public enum SmsEncoding
{
    /// <summary>The alphabet of GSM 03.38, seven bits a character.</summary>
    Gsm7,

    /// <summary>UCS-2, sixteen bits a character: one letter outside the GSM alphabet makes the whole text so.</summary>
    Ucs2,
}

/// <summary>What an SMS takes.</summary>
/// <param name="Encoding">How its characters are sent.</param>
/// <param name="Units">Its length: septets in GSM-7 (a character of the extension counts two), UTF-16 units in UCS-2.</param>
/// <param name="Segments">How many messages the operator bills.</param>
public sealed record SmsSize(SmsEncoding Encoding, int Units, int Segments);

/// <summary>Counts SMS (3GPP TS 23.038, 23.040): 160 septets in one or 153 in each of several; 70 or 67 units in UCS-2. Pure.</summary>
public static class SmsText
{
    /// <summary>Characters of one text, at the most; Twilio refuses more.</summary>
    public const int MaxCharacters = 1600;

    private const int Gsm7Alone = 160;
    private const int Gsm7InSeveral = 153;
    private const int Ucs2Alone = 70;
    private const int Ucs2InSeveral = 67;

    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    /// <summary>What the text takes; nothing for an empty one.</summary>
    public static SmsSize SizeOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isGsm = text.All(letter => Basic.Contains(letter, StringComparison.Ordinal) || Extension.Contains(letter, StringComparison.Ordinal));
        var sizes = isGsm ? Septets(text) : Units(text);
        var total = sizes.Sum();
        var (alone, inSeveral) = isGsm ? (Gsm7Alone, Gsm7InSeveral) : (Ucs2Alone, Ucs2InSeveral);
        return new SmsSize(isGsm ? SmsEncoding.Gsm7 : SmsEncoding.Ucs2, total, total == 0 ? 0 : total <= alone ? 1 : Pieces(sizes, inSeveral));
    }

    /// <summary>
    /// The text with typographic spaces and quotation marks as the GSM alphabet has them: an amount written with a no-break
    /// space must not cost twice as much for a message.
    /// </summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new string([.. text.Select(letter => letter switch
        {
            '\u00A0' or '\u202F' or '\u2009' => ' ',
            '\u2018' or '\u2019' => '\'',
            '\u201C' or '\u201D' or '«' or '»' => '"',
            '\u2013' or '\u2014' => '-',
            _ => letter,
        })]);
    }

    private static int[] Septets(string text) => [.. text.Select(letter => Extension.Contains(letter, StringComparison.Ordinal) ? 2 : 1)];

    // A pair of surrogates is one character, and is not torn apart.
    private static int[] Units(string text) => [.. text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength)];

    /// <summary>A character that no longer fits begins the next piece whole.</summary>
    private static int Pieces(int[] sizes, int limit)
    {
        var (pieces, used) = (1, 0);
        foreach (var size in sizes)
        {
            (pieces, used) = used + size > limit ? (pieces + 1, size) : (pieces, used + size);
        }

        return pieces;
    }
}
