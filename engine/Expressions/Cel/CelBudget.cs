namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>
/// What one evaluation may take in all, so that a short text cannot keep a machine busy or fill its memory: macros chained or
/// within each other multiply. Without a macro, what it takes is bounded by the text and is not counted. An evaluation never
/// leaves its thread, and counting there takes no memory.
/// </summary>
internal static class CelBudget
{
    /// <summary>Items that one evaluation looks at, in all its macros together.</summary>
    public const int MostItems = 10_000;

    /// <summary>Parts that one evaluation puts together, compares and gives: an item of a list, an entry of a map, <see cref="CharactersOfPart"/> characters of a text.</summary>
    public const int MostParts = 1_000_000;

    /// <summary>Characters or bytes that weigh about as much as an item.</summary>
    public const int CharactersOfPart = 16;

    [ThreadStatic]
    private static Spent _spent;

    /// <summary>Begins to count; what is compared outside of an evaluation is not counted.</summary>
    public static void Begin() => _spent = new Spent { Counts = true };

    public static void End() => _spent = default;

    /// <summary>Counts an item of a macro; false where the evaluation has looked at too many.</summary>
    public static bool TryLook() => !_spent.Counts || ++_spent.Items <= MostItems;

    /// <summary>Counts parts; false where the evaluation has worked on too many.</summary>
    public static bool TryTake(int parts)
    {
        if (!_spent.Counts)
            return true;
        // Once spent it stays spent, however often it is asked.
        _spent.Parts = Math.Min(_spent.Parts + parts, MostParts + 1);
        return _spent.Parts <= MostParts;
    }

    /// <summary>Counts what a function is given to read.</summary>
    public static bool TryTake(in CelValue read)
    {
        var length = read.Kind switch
        {
            CelKind.String => read.Text.Length,
            CelKind.Bytes => read.Bytes.Length,
            _ => 0,
        };
        return length < CharactersOfPart || TryTake(length / CharactersOfPart);
    }

    /// <summary>The error of an evaluation that went over its limits; null where it kept within them.</summary>
    public static CelValue? Error => !_spent.Counts ? null
        : _spent.Items > MostItems ? CelValue.Error($"The expression looks at more than {MostItems} items.")
        : _spent.Parts > MostParts ? CelValue.Error($"The expression puts together, compares or gives more than {MostParts} items.")
        : null;

    private struct Spent
    {
        public bool Counts;
        public int Items;
        public int Parts;
    }
}
