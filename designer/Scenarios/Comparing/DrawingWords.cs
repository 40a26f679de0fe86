using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Engine.Definitions;
using Microsoft.Extensions.Localization;

namespace CentralPay.Workflows.Designer.Scenarios.Comparing;

/// <summary>The steps and outcomes of one drawing as its reader knows them.</summary>
internal sealed class DrawingWords
{
    private readonly ScenarioCanvasModel model;
    private readonly IStringLocalizer<Phrases> say;
    private readonly Dictionary<string, StepDefinition> steps;
    private readonly StepTitles titles;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> possible;

    public DrawingWords(ScenarioCanvasModel model, StepOutcomes outcomes, IStringLocalizer<Phrases> say, ScenarioDefinition definition)
    {
        (this.model, this.say, Definition) = (model, say, definition);
        steps = definition.AllSteps().DistinctBy(step => step.Id).ToDictionary(step => step.Id);
        possible = outcomes.Of(definition);
        titles = new StepTitles(model, say, definition);
    }

    public ScenarioDefinition Definition { get; }

    public string TitleOf(StepDefinition step) => TitleOf(step.Id);

    public string TitleOf(string stepId) => titles.Of(stepId);

    /// <summary>The way a connection leaves by: the step, and the outcome where it has several.</summary>
    public string WayOf(ConnectionDefinition connection)
    {
        if (!steps.TryGetValue(connection.Source, out var step))
        {
            return connection.Source;
        }

        var ports = model.PortsOf(step, possible, [connection.SourcePort]);
        return ports.Count == 1 ? TitleOf(step) : say["change.way", ports.First(port => port.Id == connection.SourcePort).Label, TitleOf(step)];
    }
}
