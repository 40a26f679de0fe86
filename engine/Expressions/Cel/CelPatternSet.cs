using System.Globalization;
using System.Text;

namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>The characters that one place of a pattern takes. They are whole ones: those that .NET counts as two are written as pairs.</summary>
internal sealed class CelPatternSet
{
    private const int LastOfAll = 0x10FFFF;
    private const int LastOfOne = 0xFFFF;
    private const int FirstHalf = 0xD800;
    private const int FirstSecondHalf = 0xDC00;
    private const int LastHalf = 0xDFFF;
    private readonly List<(int First, int Last)> _ranges = [];
    private readonly StringBuilder _named = new();

    /// <summary>Takes the characters from one to another.</summary>
    public void Add(int first, int last) => _ranges.Add((first, last));

    /// <summary>Takes ranges, written as pairs of characters; or all characters but those.</summary>
    public void Add(string pairs, bool isNot)
    {
        var ranges = pairs.Chunk(2).Select(pair => ((int)pair[0], (int)pair[1]));
        _ranges.AddRange(isNot ? AllBut(ranges) : ranges);
    }

    /// <summary>Takes the characters of a property of Unicode, as .NET writes it; of those beyond U+FFFF .NET knows none.</summary>
    public void AddNamed(string property) => _named.Append(property);

    /// <summary>The set, or all characters that are not in it, in .NET's words.</summary>
    public string Written(bool isNot)
    {
        var taken = isNot ? AllBut(_ranges).ToList() : _ranges;
        var ones = string.Concat((isNot && _named.Length > 0 ? _ranges : taken).Where(range => range.First <= LastOfOne).SelectMany(Ones));
        var parts = taken.Where(range => range.Last > LastOfOne).SelectMany(range => Pairs(Math.Max(range.First, LastOfOne + 1), range.Last)).ToList();
        if (isNot && _named.Length > 0)
            parts.Add($"[^{_named}{ones}{Unit(FirstHalf)}-{Unit(LastHalf)}]");
        else if (ones.Length > 0 || _named.Length > 0)
            parts.Add($"[{_named}{ones}]");
        return parts switch
        {
            [] => @"[^\s\S]",
            [var only] when only[0] == '[' => only,
            _ => $"(?:{string.Join('|', parts)})",
        };
    }

    /// <summary>A single character, as one thing that can be repeated.</summary>
    public static string Written(Rune character)
    {
        var single = new CelPatternSet();
        single.Add(character.Value, character.Value);
        return single.Written(isNot: false);
    }

    private static IEnumerable<(int First, int Last)> AllBut(IEnumerable<(int First, int Last)> ranges)
    {
        var next = 0;
        foreach (var (first, last) in ranges.OrderBy(range => range.First))
        {
            if (first > next)
                yield return (next, first - 1);
            next = Math.Max(next, last + 1);
        }

        if (next <= LastOfAll)
            yield return (next, LastOfAll);
    }

    // Half a character is none.
    private static IEnumerable<string> Ones((int First, int Last) range)
    {
        var last = Math.Min(range.Last, LastOfOne);
        if (range.First < FirstHalf)
            yield return $"{Unit(range.First)}-{Unit(Math.Min(last, FirstHalf - 1))}";
        if (last > LastHalf)
            yield return $"{Unit(Math.Max(range.First, LastHalf + 1))}-{Unit(last)}";
    }

    private static IEnumerable<string> Pairs(int first, int last)
    {
        var ((from, low), (to, high)) = (Halves(first), Halves(last));
        if (from < to && low > FirstSecondHalf)
        {
            yield return $"{Unit(from++)}[{Unit(low)}-{Unit(LastHalf)}]";
            low = FirstSecondHalf;
        }

        if (from < to && high < LastHalf)
        {
            yield return $"{Unit(to--)}[{Unit(FirstSecondHalf)}-{Unit(high)}]";
            high = LastHalf;
        }

        yield return $"(?:[{Unit(from)}-{Unit(to)}][{Unit(low)}-{Unit(high)}])";
    }

    private static (int High, int Low) Halves(int character) => (FirstHalf + ((character - LastOfOne - 1) >> 10), FirstSecondHalf + ((character - LastOfOne - 1) & 0x3FF));

    private static string Unit(int unit) => string.Create(CultureInfo.InvariantCulture, $@"\u{unit:X4}");
}
