namespace CentralPay.Workflows.Payments.Imports;

/// <summary>Words that files write for languages and segments.</summary>
internal static class CellWords
{
    private const string LanguageWords = """
        fr français francais french fra fre
        en anglais english eng
        de allemand german deu ger
        es espagnol spanish spa
        it italien italian ita
        nl néerlandais neerlandais dutch nld
        """;

    private const string SegmentWords = """
        business B2B pro professionnel entreprise company
        consumer B2C particulier individual private
        """;

    /// <summary>ISO 639-1 code of each word.</summary>
    internal static IReadOnlyDictionary<string, string> Languages { get; } = Read(LanguageWords);

    /// <summary><c>business</c> or <c>consumer</c> of each word.</summary>
    internal static IReadOnlyDictionary<string, string> Segments { get; } = Read(SegmentWords);

    private static Dictionary<string, string> Read(string table) => table.Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .SelectMany(words => words.Select(word => (word, meaning: words[0])))
        .ToDictionary(pair => pair.word, pair => pair.meaning, StringComparer.OrdinalIgnoreCase);
}
