using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>What the steps of one drawing are called where they stand in a list. Steps of one title are counted from the top of the canvas.</summary>
public sealed class StepTitles
{
    private readonly Dictionary<string, string> titles = [];

    /// <summary>The titles of a drawing; none where there is no drawing.</summary>
    public StepTitles(ScenarioCanvasModel model, IStringLocalizer<Phrases> say, ScenarioDefinition? drawn)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(say);
        foreach (var same in (drawn?.AllSteps() ?? []).DistinctBy(step => step.Id).GroupBy(model.TitleOf))
        {
            var counted = same.OrderBy(step => step.Position?.Y ?? 0).ThenBy(step => step.Position?.X ?? 0).ToList();
            for (var at = 0; at < counted.Count; at++)
            {
                titles[counted[at].Id] = counted.Count == 1 ? same.Key : say["change.step.numbered", same.Key, at + 1, counted.Count];
            }
        }
    }

    /// <summary>What a step is called; its identity where it is not drawn, nothing where there is none.</summary>
    public string Of(string? stepId) => stepId is null ? "" : titles.GetValueOrDefault(stepId, stepId);
}
