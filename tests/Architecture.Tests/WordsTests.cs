using System.Text.Json;
using System.Text.RegularExpressions;

namespace CentralPay.Workflows.Architecture.Tests;

/// <summary>Every word of the back office is there in every language, and no page asks for one that nobody wrote.</summary>
public sealed partial class WordsTests
{
    private static readonly string designer = Path.Combine(RepositoryRoot(), "designer");

    [Fact]
    public void English_and_French_have_the_same_keys()
    {
        var (english, french) = (Read("en"), Read("fr"));
        Assert.NotEmpty(english);
        Assert.Empty(english.Keys.Except(french.Keys));
        Assert.Empty(french.Keys.Except(english.Keys));
    }

    [Fact]
    public void A_translation_has_the_places_of_its_original()
    {
        var (english, french) = (Read("en"), Read("fr"));
        var different = english.Keys.Where(key => !Places(english[key]).SetEquals(Places(french[key])));
        Assert.Empty(different);
    }

    [Fact]
    public void Every_word_that_a_page_asks_for_by_name_exists()
    {
        var words = Read("en");
        var missing = Sources().SelectMany(source => Asked().Matches(source.Text).Select(asked => (source.Name, Key: asked.Groups["key"].Value)))
            .Where(asked => !words.ContainsKey(asked.Key));
        var missingPlurals = Sources().SelectMany(source => Counted().Matches(source.Text).Select(asked => (source.Name, Key: asked.Groups["key"].Value)))
            .Where(asked => !words.ContainsKey($"{asked.Key}.one") || !words.ContainsKey($"{asked.Key}.other"));
        Assert.Empty(missing.Concat(missingPlurals));
    }

    [Fact]
    public void Every_rule_of_the_domain_has_its_words()
    {
        var words = Read("en");
        var codes = RuleCode().Matches(File.ReadAllText(Path.Combine(RepositoryRoot(), "payments", "Rules", "RuleCodes.cs"))).Select(code => code.Groups["code"].Value).ToList();
        Assert.NotEmpty(codes);
        Assert.DoesNotContain(codes, code => !words.ContainsKey($"rule.{code}"));
    }

    [Fact]
    public void No_phrase_is_left_in_the_other_language()
    {
        var (english, french) = (Read("en"), Read("fr"));
        var sameInBoth = english.Where(pair => pair.Value.Split(' ').Length > 3 && french[pair.Key] == pair.Value).Select(pair => pair.Key);
        Assert.Empty(sameInBoth);
    }

    /// <summary>A sign that French sets apart must not begin a line: the space before it is U+202F before <c>; ? !</c>, U+00A0 before <c>: » %</c> and after <c>«</c>.</summary>
    [Fact]
    public void A_French_sign_never_stands_on_a_line_without_its_word()
    {
        var root = RepositoryRoot();
        var texts = Read("fr")
            .Concat(new[] { "activities/Words/fr.json", "server/Payer/PayerWords.fr.resx", "server/Problems/ProblemWords.fr.resx" }.SelectMany(file => WordsOf(Path.Combine(root, file))))
            .Select(pair => $"{pair.Key} {pair.Value}");
        Assert.DoesNotContain(texts, text => Breaking().IsMatch(text));
    }

    [Fact]
    public void Whatever_else_speaks_two_languages_has_the_same_keys_and_places_in_both()
    {
        var root = RepositoryRoot();
        var pairs = new[] { "payments", "activities", "server" }
            .SelectMany(part => Directory.EnumerateFiles(Path.Combine(root, part), "*.*", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(english => (English: english, French: FrenchOf(english))).Where(pair => pair.French is not null).ToList();
        Assert.True(pairs.Count >= 6, $"Only {string.Join(", ", pairs.Select(pair => pair.English))} were found: words have moved, and this test with them.");
        var wrong = new List<string>();
        foreach (var (english, french) in pairs)
        {
            var (ours, theirs) = (WordsOf(english), WordsOf(french!));
            wrong.AddRange(ours.Keys.Except(theirs.Keys).Select(key => $"{french}: {key} is missing"));
            wrong.AddRange(theirs.Keys.Except(ours.Keys).Select(key => $"{english}: {key} is missing"));
            wrong.AddRange(ours.Where(pair => theirs.TryGetValue(pair.Key, out var words) && !Places(pair.Value).SetEquals(Places(words))).Select(pair => $"{french}: {pair.Key} has other places"));
        }

        Assert.Empty(wrong);
    }

    /// <summary>The French beside an English file: <c>X.fr.resx</c>, <c>…/fr.json</c>, <c>…/fr/x.json</c>; null for a file of no words.</summary>
    private static string? FrenchOf(string english) => english switch
    {
        _ when english.EndsWith(".fr.resx", StringComparison.Ordinal) => null,
        _ when english.EndsWith(".resx", StringComparison.Ordinal) => english[..^".resx".Length] + ".fr.resx",
        _ when english.EndsWith("/en.json", StringComparison.Ordinal) => english[..^"en.json".Length] + "fr.json",
        _ when english.EndsWith(".json", StringComparison.Ordinal) && english.Contains("/en/", StringComparison.Ordinal) => english.Replace("/en/", "/fr/", StringComparison.Ordinal),
        _ => null,
    };

    private static Dictionary<string, string> WordsOf(string file) => file.EndsWith(".resx", StringComparison.Ordinal)
        ? System.Xml.Linq.XDocument.Load(file).Descendants("data").ToDictionary(entry => entry.Attribute("name")!.Value, entry => entry.Element("value")!.Value)
        : JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.ToString());

    private static IEnumerable<(string Name, string Text)> Sources() =>
        Directory.EnumerateFiles(designer, "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("node_modules", StringComparison.Ordinal))
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    private static Dictionary<string, string> Read(string language) =>
        Directory.EnumerateFiles(Path.Combine(designer, "Words"), $"*.{language}.json")
            .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!)
            .ToDictionary(pair => pair.Key, pair => pair.Value);

    private static HashSet<string> Places(string words) => Place().Matches(words).Select(place => place.Value).ToHashSet();

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CentralPay.Workflows.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"\b[Ss]ay\[""(?<key>[\w.\-]+)""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\b[Ss]ay\.Count\(""(?<key>[\w.\-]+)""")]
    private static partial Regex Counted();

    [GeneratedRegex(@"public const string \w+ = ""(?<code>[\w\-]+)""")]
    private static partial Regex RuleCode();

    [GeneratedRegex(" [:;?!»%]|« ")]
    private static partial Regex Breaking();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
