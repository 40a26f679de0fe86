using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>Knows by which outcomes each step of a drawing can leave: a switch's cases and a fork's branches are known only once they are filled in.</summary>
public sealed class StepOutcomes
{
    private readonly ScenarioCompiler _compiler;

    /// <summary>Outcomes as the installed activities have them.</summary>
    public StepOutcomes(CompiledScenarios compiled)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        _compiler = compiled.Compiler;
    }

    /// <summary>The outcomes of each step, by its id, in the order they are drawn; steps of an unknown type, and those that nothing runs, have none here. Empty where the drawing cannot be compiled yet.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Of(ScenarioDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        try
        {
            var compiled = _compiler.Compile(definition, definition.Id);
            return definition.AllSteps().DistinctBy(step => step.Id).ToDictionary(step => step.Id, step => compiled.Find(step.Id) is { } node ? Of(node) : []);
        }
        catch (ScenarioFormatException)
        {
            return new Dictionary<string, IReadOnlyList<string>>();
        }
    }

    internal static IReadOnlyList<string> Of(CompiledNode node) => node.Activity.DynamicOutcomes ?? [.. node.Blueprint.Descriptor.Outcomes];
}
