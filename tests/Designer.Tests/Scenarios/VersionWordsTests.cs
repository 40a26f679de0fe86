using System.Globalization;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;

namespace CentralPay.Workflows.Designer.Tests.Scenarios;

/// <summary>How a scenario stands, on its card and above its canvas.</summary>
public sealed class VersionWordsTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    [Theory]
    [InlineData("en", "Version 2, out of service")]
    [InlineData("fr", "Version 2, hors service")]
    public void A_scenario_taken_out_of_service_is_called_so_and_no_draft(string language, string words)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        Assert.Equal(words, new PhraseLocalizer().Standing(Draw(2, wasPublished: true), null));
    }

    [Fact]
    public void A_draft_is_a_draft_whether_or_not_a_version_is_live()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var live = Draw(2, wasPublished: true) with { IsPublished = true };

        Assert.Equal("Draft 3, saved; version 2 is live", new PhraseLocalizer().Standing(Draw(3, wasPublished: false), live));
        Assert.Equal("Draft 3, saved", new PhraseLocalizer().Standing(Draw(3, wasPublished: false), null));
        Assert.Equal("Version 1, earlier; version 2 is live", new PhraseLocalizer().Standing(Draw(1, wasPublished: true), live));
    }

    public void Dispose() => CultureInfo.CurrentUICulture = before;

    private static ScenarioVersion Draw(int number, bool wasPublished) => new()
    {
        Id = $"dunning-{number}",
        TenantId = Guid.Empty,
        DefinitionId = "dunning",
        Version = number,
        Name = "Dunning",
        Json = "{}",
        IsLatest = true,
        IsPublished = false,
        ChangedAt = DateTimeOffset.UnixEpoch,
        PublishedAt = wasPublished ? DateTimeOffset.UnixEpoch : null,
    };
}
