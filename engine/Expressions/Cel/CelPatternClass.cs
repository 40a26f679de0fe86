using System.Globalization;
using System.Text;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>Reads a class of a pattern (<c>[a-z\d]</c>) as RE2 does.</summary>
internal static class CelPatternClass
{
    // Pairs of a first and a last character.
    private static readonly Dictionary<string, string> Posix = new()
    {
        ["alnum"] = "09AZaz",
        ["alpha"] = "AZaz",
        ["ascii"] = "\0\u007F",
        ["blank"] = "\t\t  ",
        ["cntrl"] = "\0\u001F\u007F\u007F",
        ["digit"] = "09",
        ["graph"] = "!~",
        ["lower"] = "az",
        ["print"] = " ~",
        ["punct"] = "!/:@[`{~",
        ["space"] = "\t\r  ",
        ["upper"] = "AZ",
        ["word"] = "09AZ__az",
        ["xdigit"] = "09AFaf",
    };

    /// <summary>The characters of <c>\d</c>, <c>\w</c> and <c>\s</c>, and of their opposites, as pairs; null for any other letter.</summary>
    public static string? Perl(char letter) => char.ToLowerInvariant(letter) switch
    {
        'd' => Posix["digit"],
        'w' => Posix["word"],
        's' => "\t\n\f\r  ",
        _ => null,
    };

    /// <summary>Writes the class that begins at a bracket, in .NET's words; answers how many characters it took.</summary>
    public static int Write(ReadOnlySpan<char> text, StringBuilder written)
    {
        var set = new CelPatternSet();
        var isNot = text.Length > 1 && text[1] == '^';
        var start = isNot ? 2 : 1;
        var at = start;
        while (at < text.Length && (text[at] != ']' || at == start))
            at += Member(text[at..], set);
        if (at >= text.Length)
            throw new ArgumentException("The pattern has a \"[\" without its \"]\".");
        written.Append(set.Written(isNot));
        return at + 1;
    }

    private static int Member(ReadOnlySpan<char> rest, CelPatternSet set)
    {
        if (rest.StartsWith("[:") && rest.IndexOf(":]") is > 0 and var end)
        {
            var isNot = rest[2] == '^';
            var name = rest[(isNot ? 3 : 2)..end].ToString();
            set.Add(Posix.TryGetValue(name, out var members) ? members : throw new ArgumentException($"The pattern names characters \"{name}\", which are none."), isNot);
            return end + 2;
        }

        if (rest[0] == '\\' && rest.Length > 1 && Perl(rest[1]) is { } pairs)
        {
            set.Add(pairs, isNot: char.IsAsciiLetterUpper(rest[1]));
            return 2;
        }

        if (rest[0] == '\\' && rest.Length > 2 && rest[1] is 'p' or 'P')
        {
            set.AddNamed(Named(rest, out var named));
            return named;
        }

        var first = Character(rest, out var taken);
        if (taken + 1 >= rest.Length || rest[taken] != '-' || rest[taken + 1] == ']')
        {
            set.Add(first, first);
            return taken;
        }

        var last = Character(rest[(taken + 1)..], out var length);
        if (last < first)
            throw new ArgumentException("The pattern has a range whose end comes before its beginning.");
        set.Add(first, last);
        return taken + 1 + length;
    }

    /// <summary>A property of Unicode as .NET writes it: <c>\pL</c> is <c>\p{L}</c>.</summary>
    public static string Named(ReadOnlySpan<char> rest, out int taken)
    {
        if (rest[2] != '{')
        {
            taken = 3;
            return $@"\{rest[1]}{{{rest[2]}}}";
        }

        taken = rest.IndexOf('}') is > 0 and var end ? end + 1 : rest.Length;
        return rest[..taken].ToString();
    }

    /// <summary>The character that stands here, itself or by its sign.</summary>
    public static int Character(ReadOnlySpan<char> rest, out int taken)
    {
        if (rest[0] != '\\' || rest.Length == 1)
        {
            Rune.DecodeFromUtf16(rest, out var rune, out taken);
            return rune.Value;
        }

        taken = 2;
        switch (rest[1])
        {
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            case 'x': return Hexadecimal(rest, out taken);
            case >= '0' and <= '7':
                var code = 0;
                for (taken = 1; taken < Math.Min(rest.Length, 4) && rest[taken] is >= '0' and <= '7'; taken++)
                    code = (code * 8) + rest[taken] - '0';
                return code;
            case var sign when char.IsAsciiLetterOrDigit(sign): throw new ArgumentException($"\\{sign} is not a character of a pattern.");
            case var sign: return sign;
        }
    }

    // \x7F, or \x{1F600}.
    private static int Hexadecimal(ReadOnlySpan<char> rest, out int taken)
    {
        var isLong = rest.Length > 2 && rest[2] == '{';
        var end = isLong ? rest.IndexOf('}') : Math.Min(4, rest.Length);
        taken = isLong ? end + 1 : end;
        return end > 2 && int.TryParse(rest[(isLong ? 3 : 2)..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code)
            ? code
            : throw new ArgumentException("After \\x in a pattern there must be the number of a character.");
    }
}
