using System.Text;
using System.Text.Unicode;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Payments.Imports;

/// <summary>The bytes of a file as text. Encodings are proved, not guessed: a wrong one would put wrong names on letters to customers.</summary>
/// <param name="Text">The text, without its byte order mark.</param>
/// <param name="Encoding">UTF-8, UTF-16 or Windows-1252.</param>
internal sealed record FileText(string Text, string Encoding)
{
    // Characters that DOS and Mac files show in place of accents when they are read as Windows-1252. Between letters nobody writes them.
    private const string NeverInsideWords = "‚ƒ„†‡ˆ‰‹›˜™¤¦§¨©ª«¬®¯±²³´µ¶¸¹º»¼½¾¿";

    // The same for capitals that nobody writes between small letters.
    private const string NeverLoneCapitals = "ŽŠŒŸ";

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private static readonly (byte[] Start, string Kind)[] KnownBinaries =
    [
        ("%PDF"u8.ToArray(), "PDF"),
        ([0x50, 0x4B, 0x03, 0x04], "ZIP, XLSX"),
        ([0xD0, 0xCF, 0x11, 0xE0], "XLS"),
        ([0x1F, 0x8B], "GZIP"),
        ([0x89, 0x50, 0x4E, 0x47], "PNG"),
        ([0xFF, 0xD8, 0xFF], "JPEG"),
    ];

    /// <summary>Reads a file; throws <see cref="RuleViolationException"/> on the field <c>file</c> when it is empty, too large, not text, or in no encoding we read.</summary>
    internal static FileText Read(ReadOnlySpan<byte> content)
    {
        Refuse(content.Length > ImportLimits.MaxBytes, RuleCodes.FileTooLarge, ("limit", $"{ImportLimits.MaxBytes / (1024 * 1024)} MB"));
        foreach (var (start, kind) in KnownBinaries)
        {
            Refuse(content.StartsWith(start), RuleCodes.FileNotText, ("kind", kind));
        }

        var text = Decode(content);
        Refuse(string.IsNullOrWhiteSpace(text.Text), RuleCodes.FileEmpty);
        return text;
    }

    private static FileText Decode(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            var utf16 = new UnicodeEncoding(bigEndian: content[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true);
            return new FileText(Strictly(utf16, content[2..]), "UTF-16");
        }

        Refuse(content.Contains((byte)0), RuleCodes.FileNotText, ("kind", "binary"));
        var hasMark = content.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]);
        var body = hasMark ? content[3..] : content;
        if (Utf8.IsValid(body))
        {
            return new FileText(System.Text.Encoding.UTF8.GetString(body), "UTF-8");
        }

        Refuse(hasMark, RuleCodes.FileEncoding);
        var text = Strictly(Windows1252, body);
        Refuse(text.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\r' or '\n')), RuleCodes.FileNotText, ("kind", "binary"));
        Refuse(LooksMisread(text), RuleCodes.FileEncoding);
        return new FileText(text, "Windows-1252");
    }

    private static bool LooksMisread(string text)
    {
        for (var index = 1; index < text.Length - 1; index++)
        {
            var letter = text[index];
            var isInsideWord = letter > 127 && char.IsLetter(text[index - 1]) && char.IsLetter(text[index + 1]);
            var isLoneCapital = NeverLoneCapitals.Contains(letter, StringComparison.Ordinal) && char.IsLower(text[index - 1]) && char.IsLower(text[index + 1]);
            if (isInsideWord && (isLoneCapital || NeverInsideWords.Contains(letter, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Strictly(Encoding encoding, ReadOnlySpan<byte> content)
    {
        try
        {
            return encoding.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            throw RuleViolationException.Of("file", RuleCodes.FileEncoding);
        }
    }

    private static void Refuse(bool broken, string code, params (string, string)[] arguments)
    {
        if (broken)
        {
            throw RuleViolationException.Of("file", code, arguments);
        }
    }
}
