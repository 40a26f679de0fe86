using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Compilation;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Expressions.Cel;

namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>Finds what keeps a scenario from running as its author means it.</summary>
public sealed class DefinitionValidator
{
    private readonly ActivityRegistry _activities;
    private readonly ScenarioCompiler _compiler;
    private readonly FunctionRegistry _functions;

    /// <summary>A validator that knows the installed activities and functions.</summary>
    public DefinitionValidator(ActivityRegistry activities, CompiledScenarios compiled, FunctionRegistry functions)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        _activities = activities;
        _compiler = compiled.Compiler;
        _functions = functions;
    }

    /// <summary>The problems of a scenario's JSON, the gravest first.</summary>
    /// <param name="json">The definition.</param>
    /// <param name="roots">The host's values that expressions may use, with their types; null leaves names unchecked.</param>
    public IReadOnlyList<DefinitionProblem> Validate(string json, IReadOnlyDictionary<string, CelType>? roots = null)
    {
        try
        {
            return Validate(ScenarioReader.Read(json), roots);
        }
        catch (ScenarioFormatException exception)
        {
            return [exception.Problem];
        }
    }

    /// <summary>The problems of a scenario, the gravest first.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="roots">The host's values that expressions may use, with their types; null leaves names unchecked.</param>
    public IReadOnlyList<DefinitionProblem> Validate(ScenarioDefinition definition, IReadOnlyDictionary<string, CelType>? roots = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var problems = new ProblemList();
        if (string.IsNullOrWhiteSpace(definition.Name))
            problems.Error(ProblemCodes.NoName, null);
        foreach (var twice in definition.AllSteps().GroupBy(step => step.Id).Where(group => group.Count() > 1))
            problems.Error(ProblemCodes.DuplicateStep, twice.Key, null, twice.Key);
        if (problems.HasErrors)
            return problems.Sorted();

        var compiled = _compiler.Compile(definition, definition.Id, problems.Add);
        DeclarationRules.Check(definition, problems);
        var types = ScenarioTypes.Of(compiled, _functions, roots);
        foreach (var step in definition.AllSteps())
        {
            // Nobody knows what is to become of a step in an activity that is not installed: of the two, that one is the problem.
            var node = compiled.Find(step.Id);
            if (_activities.Find(step.Type) is not { } descriptor)
                problems.Error(ProblemCodes.UnknownActivity, step.Id, null, step.ActivityType);
            else if (node?.Activity is not (null or Placeholder))
                StepRules.Check(step, descriptor, node, compiled, types, problems);
            if ((step.Connections is not null || node?.Activity is Flowchart) && node is not null)
                FlowRules.Check(step, compiled, problems);
        }

        return problems.Sorted();
    }
}

/// <summary>Collects problems.</summary>
internal sealed class ProblemList
{
    private readonly List<DefinitionProblem> _problems = [];

    public bool HasErrors => _problems.Exists(problem => problem.Severity == ProblemSeverity.Error);

    public void Add(DefinitionProblem problem) => _problems.Add(problem);

    public void Error(string code, string? nodeId, string? inputName = null, params string[] arguments) => _problems.Add(new DefinitionProblem(ProblemSeverity.Error, code, nodeId, inputName, arguments));

    public void Warn(string code, string? nodeId, string? inputName = null, params string[] arguments) => _problems.Add(new DefinitionProblem(ProblemSeverity.Warning, code, nodeId, inputName, arguments));

    public void Tell(string code, string? nodeId, params string[] arguments) => _problems.Add(new DefinitionProblem(ProblemSeverity.Info, code, nodeId, null, arguments));

    public IReadOnlyList<DefinitionProblem> Sorted() => [.. _problems.OrderByDescending(problem => problem.Severity)];
}
