using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>What a version is to its readers: in service, a draft, or what came before.</summary>
internal static class VersionWords
{
    public static string StateOf(this IStringLocalizer<Phrases> say, ScenarioVersion version) => version switch
    {
        { IsPublished: true } => say["scenario.live"],
        { PublishedAt: not null } => say["scenario.was"],
        { IsLatest: true } => say["scenario.isDraft"],
        _ => say["scenario.wasDraft"],
    };
}
