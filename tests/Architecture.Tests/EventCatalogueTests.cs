using System.Text.Json;
using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Events;

namespace CentralPay.Workflows.Architecture.Tests;

public sealed partial class EventCatalogueTests
{
    private static readonly string Catalogue = File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md"));

    [Fact]
    public void The_catalogue_names_every_event_once_and_no_other()
    {
        var documented = Heading().Matches(Catalogue).Select(match => match.Groups[1].Value);

        Assert.Equal(EventNames.All.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_event_has_an_example_that_is_json_of_that_name()
    {
        var sections = Catalogue.Split("\n## ").Skip(1);
        foreach (var section in sections)
        {
            var example = JsonDocument.Parse(Example().Match(section).Groups[1].Value).RootElement;
            Assert.StartsWith($"`{example.GetProperty("name").GetString()}`", section, StringComparison.Ordinal);
            Assert.Equal(JsonValueKind.Object, example.GetProperty("data").ValueKind);
        }
    }

    [GeneratedRegex(@"^## `([a-z_.]+)`", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
