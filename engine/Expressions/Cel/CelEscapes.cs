using System.Globalization;
using System.Text;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>The signs that stand for others inside a text.</summary>
internal static class CelEscapes
{
    // No text holds half a pair of surrogates, so that one can stand for a byte.
    private const int FirstByte = 0xDC00;

    /// <summary>The bytes that a text of bytes stands for: its characters in UTF-8, and bytes that were given by number.</summary>
    public static byte[] BytesOf(string content)
    {
        var bytes = new List<byte>(content.Length);
        Span<byte> utf8 = stackalloc byte[4];
        var rest = content.AsSpan();
        while (rest.Length > 0)
        {
            if (rest[0] is >= (char)FirstByte and <= (char)(FirstByte + byte.MaxValue))
            {
                bytes.Add((byte)(rest[0] - FirstByte));
                rest = rest[1..];
                continue;
            }

            Rune.DecodeFromUtf16(rest, out var rune, out var length);
            bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
            rest = rest[length..];
        }

        return [.. bytes];
    }

    /// <summary>Reads what follows a backslash, and moves past it.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="at">Where the backslash stands; then what follows the sign.</param>
    /// <param name="content">What was read.</param>
    /// <param name="bytes">Whether a number names a byte: it is kept as half a pair of surrogates.</param>
    public static void Read(string text, ref int at, StringBuilder content, bool bytes)
    {
        var start = at;
        var sign = at + 1 < text.Length ? text[at + 1] : '\0';
        at += 2;
        switch (sign)
        {
            case 'n': content.Append('\n'); break;
            case 't': content.Append('\t'); break;
            case 'r': content.Append('\r'); break;
            case 'a': content.Append('\a'); break;
            case 'b': content.Append('\b'); break;
            case 'f': content.Append('\f'); break;
            case 'v': content.Append('\v'); break;
            case '\\' or '"' or '\'' or '`' or '?': content.Append(sign); break;
            case 'x' or 'X': AppendCode(text, ref at, 2, 16, start, content, bytes); break;
            case 'u' or 'U' when bytes: throw new CelSyntaxException($"\\{sign} names a character, not a byte; write \\x.", start + 1);
            case 'u': AppendCode(text, ref at, 4, 16, start, content, false); break;
            case 'U': AppendCode(text, ref at, 8, 16, start, content, false); break;
            case >= '0' and <= '3':
                at--;
                AppendCode(text, ref at, 3, 8, start, content, bytes);
                break;
            default:
                throw new CelSyntaxException($"\\{sign} is not a sign of CEL.", start + 1);
        }
    }

    private static void AppendCode(string text, ref int at, int length, int radix, int start, StringBuilder content, bool isByte)
    {
        var code = 0L;
        for (var index = 0; index < length; index++)
        {
            var digit = at < text.Length ? "0123456789abcdef".IndexOf(char.ToLower(text[at], CultureInfo.InvariantCulture), StringComparison.Ordinal) : -1;
            if (digit < 0 || digit >= radix)
                throw new CelSyntaxException($"After \\ there must be {length} digits.", start + 1);
            code = (code * radix) + digit;
            at++;
        }

        if (isByte)
        {
            content.Append((char)(FirstByte + code));
            return;
        }

        if (code > int.MaxValue || !Rune.IsValid((int)code))
            throw new CelSyntaxException("The code names no character.", start + 1);
        content.Append(new Rune((int)code).ToString());
    }
}
