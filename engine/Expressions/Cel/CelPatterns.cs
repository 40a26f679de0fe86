using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>
/// Patterns as CEL means them, which is RE2's syntax (github.com/google/re2/wiki/Syntax): digits, letters and spaces are ASCII,
/// <c>$</c> is the end of the text, and a character is a whole one. They are put into .NET's words, and run in linear time.
/// </summary>
internal static class CelPatterns
{
    private const int MostKept = 500;
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
    private const string Halves = @"\uD800-\uDFFF";

    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(200);
    private static readonly ConcurrentDictionary<string, Regex> Kept = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string> PosixClasses = new()
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\x00-\x7F",
        ["blank"] = @"\t ",
        ["cntrl"] = @"\x00-\x1F\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = "!-/:-@\\[-`{-~",
        ["space"] = @"\t\n\v\f\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    /// <summary>Whether a part of the text matches; throws <see cref="ArgumentException"/> where the pattern is none.</summary>
    public static bool Matches(string text, string pattern)
    {
        if (!Kept.TryGetValue(pattern, out var regex))
        {
            if (Kept.Count >= MostKept)
                Kept.Clear();
            regex = Kept.GetOrAdd(pattern, Read);
        }

        return regex.IsMatch(text);
    }

    private static Regex Read(string pattern)
    {
        try
        {
            return new Regex(Translated(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Timeout);
        }
        catch (NotSupportedException exception)
        {
            throw new ArgumentException($"The pattern \"{pattern}\" is not supported: {exception.Message}", exception);
        }
    }

    private static string Translated(string pattern)
    {
        var written = new StringBuilder(pattern.Length * 2);
        var (takesLines, takesBreaks) = Flags(pattern);
        for (var at = 0; at < pattern.Length; at++)
        {
            var rest = pattern.AsSpan(at);
            if (rest.StartsWith(@"\Q"))
            {
                var end = pattern.IndexOf(@"\E", at, StringComparison.Ordinal);
                written.Append(Regex.Escape(pattern[(at + 2)..(end < 0 ? pattern.Length : end)]));
                at = end < 0 ? pattern.Length : end + 1;
            }
            else if (rest[0] == '\\' && rest.Length > 1)
            {
                at += Escape(rest, written, inClass: false);
            }
            else if (rest[0] == '[')
            {
                at += Class(rest, written);
            }
            else if (rest.StartsWith("(?P<"))
            {
                written.Append("(?<");
                at += 3;
            }
            else if (rest[0] == '$' && !takesLines)
            {
                written.Append(@"\z");
            }
            else if (rest[0] == '.')
            {
                written.Append(AnyBut(takesBreaks ? "" : @"\n"));
            }
            else
            {
                written.Append(rest[0]);
            }
        }

        return written.ToString();
    }

    private static string AnyBut(string set) => $"(?:{Pair}|[^{set}{Halves}])";

    /// <summary>Whether a flag says that <c>$</c> is the end of a line, and that a dot is a line's end too.</summary>
    private static (bool TakesLines, bool TakesBreaks) Flags(string pattern)
    {
        var (lines, breaks) = (false, false);
        for (var at = pattern.IndexOf("(?", StringComparison.Ordinal); at >= 0; at = pattern.IndexOf("(?", at + 2, StringComparison.Ordinal))
        {
            for (var flag = at + 2; flag < pattern.Length && char.IsAsciiLetterLower(pattern[flag]); flag++)
                (lines, breaks) = (lines || pattern[flag] == 'm', breaks || pattern[flag] == 's');
        }

        return (lines, breaks);
    }

    /// <summary>Writes what a backslash begins; answers how many characters beyond the first it took.</summary>
    private static int Escape(ReadOnlySpan<char> rest, StringBuilder written, bool inClass)
    {
        var set = rest[1] switch
        {
            'd' => "0-9",
            'w' => "0-9A-Za-z_",
            's' => @"\t\n\f\r ",
            _ => null,
        };
        if (set is not null)
            written.Append(inClass ? set : '[' + set + ']');
        else if (!inClass && rest[1] is 'D' or 'W' or 'S')
            written.Append(AnyBut(rest[1] == 'D' ? "0-9" : rest[1] == 'W' ? "0-9A-Za-z_" : @"\t\n\f\r "));
        else if (rest[1] is 'p' or 'P' && rest.Length > 2 && rest[2] != '{')
            return Named(rest, written);
        else
            written.Append(rest[..2]);
        return 1;
    }

    // \pL is \p{L}.
    private static int Named(ReadOnlySpan<char> rest, StringBuilder written)
    {
        written.Append(rest[..2]).Append('{').Append(rest[2]).Append('}');
        return 2;
    }

    /// <summary>Writes the class that begins here; answers how many characters beyond the first it took.</summary>
    private static int Class(ReadOnlySpan<char> rest, StringBuilder written)
    {
        var isNot = rest.Length > 1 && rest[1] == '^';
        written.Append(isNot ? $"(?:{Pair}|[^{Halves}" : "[");
        var at = isNot ? 2 : 1;
        for (var first = true; at < rest.Length && (first || rest[at] != ']'); at++, first = false)
        {
            if (rest[at] == '\\' && at + 1 < rest.Length)
                at += Escape(rest[at..], written, inClass: true);
            else if (rest[at..].StartsWith("[:") && rest[at..].IndexOf(":]") is > 0 and var end && PosixClasses.TryGetValue(rest.Slice(at + 2, end - 2).ToString(), out var members))
                (_, at) = (written.Append(members), at + end + 1);
            else if (rest[at] is '[' or ']')
                written.Append('\\').Append(rest[at]);
            else
                written.Append(rest[at]);
        }

        written.Append(isNot ? "])" : "]");
        return at;
    }
}
