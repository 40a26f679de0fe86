using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Server.Composition;
using CentralPay.Workflows.Storage;

namespace CentralPay.Workflows.Server.Tests.Security;

/// <summary>The sample of settings is the manual: what can be set stands in it, and what stands in it can be set.</summary>
public sealed partial class SettingsSampleTests
{
    private static readonly string Root = FindRoot();
    private static readonly JsonElement Sample = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(Root, "server", "appsettings.sample.json")), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }).RootElement;

    [Fact]
    public void Every_setting_that_the_server_reads_stands_in_the_sample()
    {
        var bound = Bound();

        Assert.True(bound.Count >= 8, $"Only {string.Join(", ", bound.Select(one => one.Section))} were found: the way settings are bound has changed, and this test with it.");
        Assert.Empty(bound.SelectMany(one => Missing(Sample, one.Section.Split(':'), one.Options)));
    }

    [Fact]
    public void Every_setting_of_the_sample_is_one_that_the_server_reads()
    {
        var known = Bound().ToLookup(one => one.Section.Split(':')[0], one => one.Options);
        var unknown = Sample.EnumerateObject().Where(section => section.Value.ValueKind == JsonValueKind.Object && known.Contains(section.Name))
            .SelectMany(section => section.Value.EnumerateObject()
                .Where(setting => !known[section.Name].Any(options => Settings(options).Any(one => one.Name == setting.Name)) && !Bound().Any(one => one.Section == $"{section.Name}:{setting.Name}"))
                .Select(setting => $"{section.Name}:{setting.Name}"));

        Assert.Empty(unknown);
    }

    private static IEnumerable<string> Missing(JsonElement sample, string[] path, Type options)
    {
        foreach (var part in path)
        {
            if (!sample.TryGetProperty(part, out sample))
            {
                return [string.Join(':', path)];
            }
        }

        return Settings(options).Where(setting => !sample.TryGetProperty(setting.Name, out _)).Select(setting => $"{string.Join(':', path)}:{setting.Name}");
    }

    private static IEnumerable<PropertyInfo> Settings(Type options) => options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null);

    /// <summary>Which options are bound to which section, as the sources say.</summary>
    private static List<(string Section, Type Options)> Bound()
    {
        var types = new[] { typeof(ServerHost).Assembly, typeof(StorageOptions).Assembly }.SelectMany(assembly => assembly.GetTypes()).Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal)).ToLookup(type => type.Name);
        var sources = new[] { "server", "storage" }.SelectMany(part => Directory.EnumerateFiles(Path.Combine(Root, part), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText);
        return [.. sources.SelectMany(source => Binding().Matches(source)).Select(match =>
        {
            var options = types[match.Groups["before"].Success ? match.Groups["before"].Value : match.Groups["after"].Value].Single();
            var section = match.Groups["name"].Success ? match.Groups["name"].Value : (string)options.GetField("Section")!.GetValue(null)!;
            return (section, options);
        }).Distinct()];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CentralPay.Workflows.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }

    [GeneratedRegex("""(?:(?:Configure|AddOptions)<(?<before>\w+Options)>\([^;]*?GetSection\((?:"(?<name>[\w:]+)"|\w+Options\.Section)\)|GetSection\((?:"(?<name>[\w:]+)"|\w+Options\.Section)\)\.Get<(?<after>\w+Options)>)""")]
    private static partial Regex Binding();
}
