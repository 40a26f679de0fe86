using System.Globalization;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>Turns a scenario into what the canvas shows: titles, sentences and outcomes in the reader's language, under stable ids.</summary>
public sealed class ScenarioCanvasModel(ActivityRegistry activities, StepSentence sentences)
{
    /// <summary>The graph of the scenario's flowchart.</summary>
    /// <param name="definition">The scenario.</param>
    /// <param name="revision">Raised with every change.</param>
    /// <param name="badges">A word for some steps, by id; null for none.</param>
    public CanvasDocument Of(ScenarioDefinition definition, long revision, IReadOnlyDictionary<string, string>? badges = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var connections = definition.Root.Connections ?? [];
        var leaving = connections.ToLookup(connection => connection.Source, connection => connection.SourcePort);
        return new CanvasDocument(
            revision,
            [.. (definition.Root.Steps ?? []).Select(step => NodeOf(step, leaving[step.Id], badges?.GetValueOrDefault(step.Id)))],
            [
                .. connections.Select(connection => new CanvasEdge(
                    $"{connection.Source}|{connection.SourcePort}|{connection.Target}", connection.Source, connection.SourcePort, connection.Target))
                    .DistinctBy(edge => edge.Id),
            ]);
    }

    /// <summary>The title of a step: its author's, else the activity's name.</summary>
    public string TitleOf(StepDefinition step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Title ?? activities.Describe(step.Type, CultureInfo.CurrentUICulture)?.DisplayName ?? step.Type;
    }

    private CanvasNode NodeOf(StepDefinition step, IEnumerable<string> used, string? badge)
    {
        var descriptor = activities.Describe(step.Type, CultureInfo.CurrentUICulture);
        var asWritten = activities.Find(step.Type);
        var ports = (descriptor?.Ports ?? []).Where(port => port.Type == PortType.Flow).Select(port => new CanvasPort(port.Name, port.DisplayName)).ToList();

        // Outcomes that depend on the settings, and those of a step that is not installed, are known by the ways that leave it.
        ports.AddRange(used.Distinct().Where(port => ports.TrueForAll(known => known.Id != port)).Select(port => new CanvasPort(port, port)));
        return new CanvasNode
        {
            Id = step.Id,
            Type = step.Type,
            Title = TitleOf(step),
            Sentence = sentences.Of(step, descriptor),
            Icon = StepLook.IconOf(step.Type, asWritten),
            Category = StepLook.CategoryOf(asWritten),
            Ports = ports,
            X = step.Position?.X,
            Y = step.Position?.Y,
            HasInput = asWritten is null or { IsTrigger: false, IsStart: false },
            Badge = badge,
        };
    }
}
