using System.Buffers;
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
                at += Escape(rest, written) - 1;
            }
            else if (rest[0] == '[')
            {
                at += CelPatternClass.Write(rest, written) - 1;
            }
            else if (Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done && length > 1)
            {
                written.Append(CelPatternSet.Written(rune));
                at += length - 1;
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

    /// <summary>Writes what a backslash begins; answers how many characters it took.</summary>
    private static int Escape(ReadOnlySpan<char> rest, StringBuilder written)
    {
        if (CelPatternClass.Perl(rest[1]) is { } pairs)
        {
            var set = new CelPatternSet();
            set.Add(pairs, isNot: char.IsAsciiLetterUpper(rest[1]));
            written.Append(set.Written(isNot: false));
            return 2;
        }

        if (rest[1] is 'p' or 'P' && rest.Length > 2)
        {
            written.Append(CelPatternClass.Named(rest, out var named));
            return named;
        }

        if (rest.StartsWith(@"\x"))
        {
            written.Append(CelPatternSet.Written(new Rune(CelPatternClass.Character(rest, out var taken))));
            return taken;
        }

        written.Append(rest[..2]);
        return 2;
    }
}
