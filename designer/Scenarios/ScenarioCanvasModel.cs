using System.Globalization;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;

namespace CentralPay.Workflows.Designer.Scenarios;

/// <summary>Turns a scenario into what the canvas shows: titles, sentences and outcomes in the reader's language, under stable ids.</summary>
public sealed class ScenarioCanvasModel(ActivityRegistry activities, StepOutcomes outcomes, StepSentence sentences)
{
    /// <summary>The graph of the scenario's flowchart.</summary>
    /// <param name="definition">The scenario.</param>
    /// <param name="revision">Raised with every change.</param>
    /// <param name="badges">A word for some steps, by id; null for none.</param>
    public CanvasDocument Of(ScenarioDefinition definition, long revision, IReadOnlyDictionary<string, string>? badges = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var connections = definition.Root.Connections ?? [];
        var possible = outcomes.Of(definition);
        var leaving = connections.ToLookup(connection => connection.Source, connection => connection.SourcePort);
        return new CanvasDocument(
            revision,
            [.. (definition.Root.Steps ?? []).Select(step => NodeOf(step, PortsOf(step, possible, leaving[step.Id]), badges?.GetValueOrDefault(step.Id)))],
            [
                .. connections.Select(connection => new CanvasEdge(
                    CanvasEdge.IdOf(connection.Source, connection.SourcePort, connection.Target), connection.Source, connection.SourcePort, connection.Target))
                    .DistinctBy(edge => edge.Id),
            ]);
    }

    /// <summary>The title of a step: its author's, else the activity's name.</summary>
    public string TitleOf(StepDefinition step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Title ?? activities.Describe(step.Type, CultureInfo.CurrentUICulture)?.DisplayName ?? step.Type;
    }

    /// <summary>The outcomes of a step as ports, in the reader's language; those that only a connection still knows come last.</summary>
    public IReadOnlyList<CanvasPort> PortsOf(StepDefinition step, IReadOnlyDictionary<string, IReadOnlyList<string>> possible, IEnumerable<string> used)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(possible);
        var worded = (activities.Describe(step.Type, CultureInfo.CurrentUICulture)?.Ports ?? []).Where(port => port.Type == PortType.Flow).ToDictionary(port => port.Name, port => port.DisplayName);
        var names = activities.Find(step.Type) is null ? [] : possible.GetValueOrDefault(step.Id) ?? [.. worded.Keys];
        return [.. names.Concat(used).Distinct().Select(name => new CanvasPort(name, worded.GetValueOrDefault(name, name)))];
    }

    /// <summary>A problem with the outcome or setting it names as the reader reads it on the canvas and in the form.</summary>
    public DefinitionProblem Worded(DefinitionProblem problem, ScenarioDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(definition);

        // What stands in an expression is named as it is written there.
        if (problem.Place is not null || definition.AllSteps().FirstOrDefault(step => step.Id == problem.NodeId) is not { } step
            || activities.Describe(step.Type, CultureInfo.CurrentUICulture) is not { } described || activities.Find(step.Type) is not { } written)
        {
            return problem;
        }

        var words = problem.Code == ProblemCodes.UnhandledOutcome
            ? described.Ports.ToDictionary(port => port.Name, port => port.DisplayName)
            : written.Inputs.Join(described.Inputs, input => input.Name, input => input.Name, (input, read) => (input.DisplayName, Words: read.DisplayName))
                .DistinctBy(pair => pair.DisplayName).ToDictionary(pair => pair.DisplayName, pair => pair.Words);
        return problem with { Arguments = [.. problem.Arguments.Select(argument => words.GetValueOrDefault(argument, argument))] };
    }

    private CanvasNode NodeOf(StepDefinition step, IReadOnlyList<CanvasPort> ports, string? badge)
    {
        var descriptor = activities.Describe(step.Type, CultureInfo.CurrentUICulture);
        var asWritten = activities.Find(step.Type);
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
