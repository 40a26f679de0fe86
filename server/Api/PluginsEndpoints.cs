using CentralPay.Workflows.Designer.Settings;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Plugins;
using CentralPay.Workflows.Payments.Access;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Integrators' libraries of activities: what each brought, what is wrong with it, and which waiting cases a change would strand.</summary>
internal static class PluginsEndpoints
{
    private const string Tag = "plugins";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/plugins", (PluginDesk desk) => Results.Ok(new Page<PluginShown>([.. desk.List().Select(PluginShown.Of)], null)))
            .Needs(Permissions.Integrate).Produces<Page<PluginShown>>().WithTags(Tag);
        api.MapGet("/plugins/stranded-cases", async (PluginDesk desk, CancellationToken cancellationToken) =>
            Results.Ok(new Page<StrandedCasesShown>([.. (await desk.StrandedAsync(cancellationToken)).Select(StrandedCasesShown.Of)], null)))
            .Needs(Permissions.Integrate).Produces<Page<StrandedCasesShown>>().WithTags(Tag);
    }
}

/// <summary>A plugin as the API shows it.</summary>
internal sealed record PluginShown(string File, string? Name, string? Version, IReadOnlyList<PluginActivityShown> Activities, IReadOnlyList<PluginProblemShown> Problems)
{
    public static PluginShown Of(Plugin plugin) => new(
        plugin.File, plugin.Name, plugin.Version, [.. plugin.Activities.Select(PluginActivityShown.Of)], [.. plugin.Problems.Select(PluginProblemShown.Of)]);
}

/// <summary>An activity that a plugin brought.</summary>
internal sealed record PluginActivityShown(string Type, int Version, string Category, string Name, string? Description, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outcomes)
{
    public static PluginActivityShown Of(ActivityDescriptor activity) => new(
        activity.TypeName, activity.Version, activity.Category, activity.DisplayName, activity.Description, [.. activity.Inputs.Select(input => input.Name)], [.. activity.Outcomes]);
}

/// <summary>What is wrong with a plugin: a code, what it is about, what more is known, and a sentence that says what to do.</summary>
internal sealed record PluginProblemShown(PluginProblemKind Code, string Subject, string? Detail, string Message)
{
    public static PluginProblemShown Of(PluginProblem problem) => new(problem.Kind, problem.Subject, problem.Detail.Length == 0 ? null : problem.Detail, PluginSentence.Of(problem));
}

/// <summary>A step where cases wait at an activity that has changed.</summary>
internal sealed record StrandedCasesShown(string ScenarioId, string Scenario, int Version, string StepId, string Step, string Activity, StrandedKind Code, string Member, int Cases, string Message)
{
    public static StrandedCasesShown Of(StrandedWait wait) => new(
        wait.ScenarioId, wait.Scenario, wait.Version, wait.StepId, wait.Step, wait.ActivityType, wait.Kind, wait.Member, wait.Cases, PluginSentence.Of(wait));
}
