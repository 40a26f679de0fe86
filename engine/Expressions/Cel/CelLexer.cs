using System.Globalization;
using System.Text;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>What a token is.</summary>
internal enum CelTokenKind
{
    End,
    Name,
    Sign,
    Int,
    UInt,
    Double,
    String,
    Bytes,
}

/// <summary>A word or sign of an expression; positions count characters from 1.</summary>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, int Position);

/// <summary>Cuts the text of an expression into words and signs.</summary>
internal static class CelLexer
{
    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    public static List<CelToken> Read(string text)
    {
        var tokens = new List<CelToken>();
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c))
                at++;
            else if (c == '/' && at + 1 < text.Length && text[at + 1] == '/')
                at = text.IndexOf('\n', at) is var end && end < 0 ? text.Length : end;
            else if (PrefixOf(text, at) is { } prefix)
                tokens.Add(ReadString(text, ref at, prefix.Contains('r', StringComparison.OrdinalIgnoreCase), prefix.Contains('b', StringComparison.OrdinalIgnoreCase), prefix.Length));
            else if (char.IsLetter(c) || c == '_')
                tokens.Add(ReadName(text, ref at));
            else if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
                tokens.Add(ReadNumber(text, ref at));
            else
                tokens.Add(ReadSign(text, ref at));
        }

        tokens.Add(new CelToken(CelTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static CelToken ReadName(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        return new CelToken(CelTokenKind.Name, text[start..at], start + 1);
    }

    private static CelToken ReadSign(string text, ref int at)
    {
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) != 0)
                continue;
            at += sign.Length;
            return new CelToken(CelTokenKind.Sign, sign, at - sign.Length + 1);
        }

        throw new CelSyntaxException($"\"{text[at]}\" means nothing here{(text[at] is '=' ? "; compare with ==" : text[at] is '&' or '|' ? "; write && or ||" : "")}.", at + 1);
    }

    private static CelToken ReadNumber(string text, ref int at)
    {
        var start = at;
        if (text[at] == '0' && at + 1 < text.Length && text[at + 1] is ('x' or 'X'))
        {
            at += 2;
            while (at < text.Length && char.IsAsciiHexDigit(text[at]))
                at++;
            if (!ulong.TryParse(text.AsSpan(start + 2, at - start - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex))
                throw new CelSyntaxException("The hexadecimal number is incomplete or too large.", start + 1);
            return Suffixed(text, ref at, hex.ToString(CultureInfo.InvariantCulture), start);
        }

        var isDouble = false;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) && !isDouble)
                isDouble = true;
            else if (c is 'e' or 'E')
            {
                isDouble = true;
                if (at + 1 < text.Length && text[at + 1] is ('+' or '-'))
                    at++;
            }
            else if (!char.IsAsciiDigit(c))
                break;
            at++;
        }

        return isDouble ? new CelToken(CelTokenKind.Double, text[start..at], start + 1) : Suffixed(text, ref at, text[start..at], start);
    }

    private static CelToken Suffixed(string text, ref int at, string digits, int start)
    {
        var unsigned = at < text.Length && text[at] is ('u' or 'U');
        if (unsigned)
            at++;
        if (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
            throw new CelSyntaxException($"The number is followed by \"{text[at]}\".", at + 1);
        return new CelToken(unsigned ? CelTokenKind.UInt : CelTokenKind.Int, digits, start + 1);
    }

    /// <summary>What stands before the quotation mark of a text that begins here: r for raw, b for bytes; null where no text begins.</summary>
    private static string? PrefixOf(string text, int at)
    {
        var quote = text.AsSpan(at, Math.Min(3, text.Length - at)).IndexOfAny('"', '\'');
        var prefix = quote is >= 0 and <= 2 ? text.Substring(at, quote) : null;
        return prefix?.ToLowerInvariant() is "" or "r" or "b" or "rb" or "br" ? prefix : null;
    }

    private static CelToken ReadString(string text, ref int at, bool raw, bool bytes, int prefix)
    {
        var start = at;
        at += prefix;
        var quote = text[at].ToString();
        if (string.CompareOrdinal(text, at, new string(quote[0], 3), 0, 3) == 0)
            quote = new string(quote[0], 3);
        at += quote.Length;
        var content = new StringBuilder();
        while (true)
        {
            if (at >= text.Length || (quote.Length == 1 && text[at] is '\n' or '\r'))
                throw new CelSyntaxException("The text is not closed.", start + 1);
            if (string.CompareOrdinal(text, at, quote, 0, quote.Length) == 0)
            {
                at += quote.Length;
                return new CelToken(bytes ? CelTokenKind.Bytes : CelTokenKind.String, content.ToString(), start + 1);
            }

            if (text[at] == '\\' && !raw)
                CelEscapes.Read(text, ref at, content, bytes);
            else
                content.Append(text[at++]);
        }
    }
}

/// <summary>The text of an expression is no expression.</summary>
internal sealed class CelSyntaxException(string message, int position) : Exception(message)
{
    public int Position { get; } = position;

    /// <summary>The name that was probably meant; null for none.</summary>
    public string? Suggestion { get; init; }
}
