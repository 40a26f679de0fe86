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

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();
}
