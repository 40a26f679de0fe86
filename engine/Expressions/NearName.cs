namespace CentralPay.Workflows.Engine.Expressions;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearName
{
    private const int LettersToAMistake = 3;

    /// <summary>The known name that is the fewest mistakes away, at the most one in three letters; null where none is so near.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string? nearest = null;
        var fewest = Math.Max(1, name.Length / LettersToAMistake) + 1;
        foreach (var other in known)
        {
            var mistakes = Mistakes(name.ToUpperInvariant(), other.ToUpperInvariant());
            if (mistakes >= fewest || mistakes >= other.Length || OnlyDigitsDiffer(name, other))
                continue;
            (nearest, fewest) = (other, mistakes);
        }

        return nearest;
    }

    /// <summary><c>line1</c> and <c>line2</c> are two things, not one of them written wrong.</summary>
    private static bool OnlyDigitsDiffer(string one, string other) => one != other && one.TrimEnd(Digits) == other.TrimEnd(Digits);

    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>How many letters must be put in, left out, changed, or swapped with the next (optimal string alignment).</summary>
    private static int Mistakes(string one, string other)
    {
        var (before, last, row) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var column = 0; column <= other.Length; column++)
            last[column] = column;
        for (var line = 1; line <= one.Length; line++)
        {
            row[0] = line;
            for (var column = 1; column <= other.Length; column++)
            {
                var changed = last[column - 1] + (one[line - 1] == other[column - 1] ? 0 : 1);
                row[column] = Math.Min(changed, Math.Min(last[column], row[column - 1]) + 1);
                if (line > 1 && column > 1 && one[line - 1] == other[column - 2] && one[line - 2] == other[column - 1])
                    row[column] = Math.Min(row[column], before[column - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[other.Length];
    }
}
