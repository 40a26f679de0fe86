using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>What a version is to its readers: in service, a draft, or what came before.</summary>
public static class VersionWords
{
    /// <summary>What a version is among the others.</summary>
    public static string StateOf(this IStringLocalizer<Phrases> say, ScenarioVersion version) => version switch
    {
        { IsPublished: true } => say["scenario.live"],
        { PublishedAt: not null } => say["scenario.was"],
        { IsLatest: true } => say["scenario.isDraft"],
        _ => say["scenario.wasDraft"],
    };

    /// <summary>How a scenario stands, seen from one of its versions.</summary>
    /// <param name="say">The words.</param>
    /// <param name="shown">The version.</param>
    /// <param name="published">The version in service; null where none is.</param>
    public static string Standing(this IStringLocalizer<Phrases> say, ScenarioVersion shown, ScenarioVersion? published) => (shown, published) switch
    {
        ({ IsPublished: true }, _) => say["scenario.published", shown.Version],
        ({ PublishedAt: not null }, null) => say["scenario.outOfService", shown.Version],
        ({ PublishedAt: not null }, { } live) => say["scenario.earlier", shown.Version, live.Version],
        (_, null) => say["scenario.draft", shown.Version],
        var (_, live) => say["scenario.draftOver", shown.Version, live.Version],
    };
}
