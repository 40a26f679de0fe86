using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Payments.Transfers;

/// <summary>
/// How a merchant writes its invoice numbers (<c>F-2026-0012</c> is a letter, four digits, four digits), learned from those it
/// has. With it a number is found however the payer spaced and dotted it, and one wrong, missing, extra or swapped character
/// leads to what could have been meant.
/// </summary>
internal sealed class NumberShapes
{
    private const int LookedAt = 100;
    private const int MaxShapes = 10;
    private const int MinCharacters = 4;
    private const int MaxNearby = 1_000;
    private const char Letter = 'A';
    private const char Digit = '9';
    private const string Digits = "0123456789";

    private readonly IReadOnlyList<Shape> shapes;

    internal NumberShapes(IEnumerable<string> numbers) => shapes =
    [
        .. numbers.GroupBy(PatternOf, StringComparer.Ordinal)
            .Where(group => group.Key.Count(IsPlace) >= MinCharacters && group.Key.Contains(Digit, StringComparison.Ordinal))
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(MaxShapes)
            .Select(group => new Shape(group.Key, group)),
    ];

    internal static async Task<NumberShapes> OfAsync(IMerchantRecords records, CancellationToken cancellationToken)
    {
        var newest = await records.PageAsync<Invoice>(invoice => invoice.Number != "", null, LookedAt, cancellationToken);
        var oldest = await records.ListAsync<Invoice>(invoice => invoice.Number != "", LookedAt, cancellationToken);
        return new NumberShapes(newest.Concat(oldest).Select(invoice => invoice.Number).Distinct());
    }

    /// <summary>What in the texts has the shape of a number, written as the merchant writes it.</summary>
    internal IReadOnlySet<string> NumbersIn(params string?[] texts)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts.OfType<string>().Select(RemittanceText.Cut))
        {
            var places = Enumerable.Range(0, text.Length).Where(index => char.IsAsciiLetterOrDigit(text[index])).ToArray();
            foreach (var shape in shapes)
            {
                for (var start = 0; start + shape.Count <= places.Length; start++)
                {
                    if (shape.Fits(text, places, start))
                    {
                        found.Add(shape.Written([.. places[start..(start + shape.Count)].Select(index => char.ToUpperInvariant(text[index]))]));
                    }
                }
            }
        }

        return found;
    }

    /// <summary>Whether the number has a shape that nothing else has: letters and digits.</summary>
    internal bool IsDistinctive(string number) => shapes.Any(shape => shape.Pattern == PatternOf(number) && shape.HasLetters);

    /// <summary>The numbers that are one typing error away from what stands in the texts.</summary>
    internal IReadOnlySet<string> NumbersNear(params string?[] texts)
    {
        var near = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in texts.OfType<string>().SelectMany(RemittanceText.JoinedWords).Distinct(StringComparer.Ordinal))
        {
            foreach (var number in shapes.SelectMany(shape => shape.Near(word)))
            {
                if (near.Count < MaxNearby)
                {
                    near.Add(number);
                }
            }
        }

        return near;
    }

    private static string PatternOf(string number) => new([.. number.Select(letter => char.IsAsciiLetter(letter) ? Letter : char.IsAsciiDigit(letter) ? Digit : letter)]);

    private static bool IsPlace(char pattern) => pattern is Letter or Digit;

    private sealed class Shape
    {
        private readonly char[] classes;
        private readonly string[] alphabets;

        internal Shape(string pattern, IEnumerable<string> numbers)
        {
            Pattern = pattern;
            classes = [.. pattern.Where(IsPlace)];
            var samples = numbers.Select(number => number.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant).ToArray()).ToArray();
            alphabets = [.. classes.Select((kind, place) => kind == Digit ? Digits : new string([.. samples.Select(sample => sample[place]).Distinct().Order()]))];
        }

        internal string Pattern { get; }

        internal int Count => classes.Length;

        internal bool HasLetters => classes.Contains(Letter);

        /// <summary>Whether the characters from a place on fit, and are not the middle of a longer word or number.</summary>
        internal bool Fits(string text, int[] places, int start)
        {
            for (var place = 0; place < classes.Length; place++)
            {
                if (!Fits(text[places[start + place]], place))
                {
                    return false;
                }
            }

            var (first, last) = (places[start], places[start + classes.Length - 1]);
            return !(first > 0 && IsSameKind(text[first - 1], text[first])) && !(last + 1 < text.Length && IsSameKind(text[last], text[last + 1]));
        }

        internal string Written(char[] characters)
        {
            var next = 0;
            return string.Create(Pattern.Length, (Pattern, characters), (written, given) =>
            {
                for (var index = 0; index < written.Length; index++)
                {
                    written[index] = IsPlace(given.Pattern[index]) ? given.characters[next++] : given.Pattern[index];
                }
            });
        }

        internal IEnumerable<string> Near(string word)
        {
            var characters = word.ToCharArray();
            return (characters.Length - Count) switch
            {
                0 => Substituted(characters).Concat(Swapped(characters)),
                -1 => Inserted(characters),
                1 => Deleted(characters),
                _ => [],
            };
        }

        private IEnumerable<string> Substituted(char[] characters)
        {
            var wrong = Enumerable.Range(0, Count).Where(place => !Fits(characters[place], place)).ToArray();
            var candidates = wrong.Length switch { 0 => Enumerable.Range(0, Count), 1 => wrong, _ => [] };
            return candidates.SelectMany(place => alphabets[place].Where(letter => letter != characters[place]).Select(letter =>
            {
                var changed = (char[])characters.Clone();
                changed[place] = letter;
                return Written(changed);
            }));
        }

        private IEnumerable<string> Swapped(char[] characters)
        {
            for (var place = 0; place + 1 < Count; place++)
            {
                if (characters[place] != characters[place + 1])
                {
                    var changed = (char[])characters.Clone();
                    (changed[place], changed[place + 1]) = (changed[place + 1], changed[place]);
                    if (FitsWhole(changed))
                    {
                        yield return Written(changed);
                    }
                }
            }
        }

        private IEnumerable<string> Inserted(char[] characters) => Enumerable.Range(0, Count)
            .SelectMany(place => alphabets[place].Select(letter => (char[])[.. characters[..place], letter, .. characters[place..]]))
            .Where(FitsWhole).Select(Written);

        private IEnumerable<string> Deleted(char[] characters) => Enumerable.Range(0, characters.Length)
            .Select(place => (char[])[.. characters[..place], .. characters[(place + 1)..]])
            .Where(FitsWhole).Select(Written);

        private bool FitsWhole(char[] characters) => Enumerable.Range(0, Count).All(place => Fits(characters[place], place));

        private bool Fits(char character, int place) => classes[place] == Digit ? char.IsAsciiDigit(character) : char.IsAsciiLetter(character);

        private static bool IsSameKind(char left, char right) => (char.IsAsciiDigit(left) && char.IsAsciiDigit(right)) || (char.IsLetter(left) && char.IsLetter(right));
    }
}
