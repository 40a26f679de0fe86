namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>Something a scenario's author should look at.</summary>
/// <param name="Severity">Whether it keeps the scenario from being published.</param>
/// <param name="Code">What it is, as a key of resources (<see cref="ProblemCodes"/>).</param>
/// <param name="NodeId">The step it is about; null for the whole scenario.</param>
/// <param name="InputName">The input it is about; null for the whole step.</param>
/// <param name="Arguments">What the resource's text names: a type, an outcome, a message with its line and column.</param>
public sealed record DefinitionProblem(ProblemSeverity Severity, string Code, string? NodeId, string? InputName, IReadOnlyList<string> Arguments);

/// <summary>How much a problem matters.</summary>
public enum ProblemSeverity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Probably not meant so.</summary>
    Warning,

    /// <summary>The scenario cannot be published.</summary>
    Error,
}

/// <summary>The codes of problems; each has a text in the resources of every language.</summary>
public static class ProblemCodes
{
    /// <summary>The definition cannot be read. Arguments: what is wrong.</summary>
    public const string Unreadable = "Scenario.Unreadable";

    /// <summary>The scenario has no name.</summary>
    public const string NoName = "Scenario.NoName";

    /// <summary>Two steps have one identity. Arguments: the identity.</summary>
    public const string DuplicateStep = "Step.Duplicate";

    /// <summary>The activity type is not installed. Arguments: the type.</summary>
    public const string UnknownActivity = "Step.UnknownActivity";

    /// <summary>The flowchart has no step to begin with.</summary>
    public const string NoStart = "Flow.NoStart";

    /// <summary>Several steps could be the start. Arguments: their identities.</summary>
    public const string SeveralStarts = "Flow.SeveralStarts";

    /// <summary>Nothing leads to the step.</summary>
    public const string Unconnected = "Step.Unconnected";

    /// <summary>A connection leaves by an outcome that the step does not have. Arguments: the outcome.</summary>
    public const string UnknownOutcome = "Connection.UnknownOutcome";

    /// <summary>A connection names a step that is not there. Arguments: the step.</summary>
    public const string UnknownStep = "Connection.UnknownStep";

    /// <summary>Two connections are the same. Arguments: the outcome, the target.</summary>
    public const string DuplicateConnection = "Connection.Duplicate";

    /// <summary>A required input is empty. Arguments: its label.</summary>
    public const string MissingInput = "Input.Missing";

    /// <summary>An expression is wrong. Arguments: what is wrong, the line, the column.</summary>
    public const string Expression = "Input.Expression";

    /// <summary>An expression is written in a syntax that does not run here. Arguments: the input's label, the syntax.</summary>
    public const string UnsupportedSyntax = "Input.Syntax";

    /// <summary>An output is bound to a variable that is not there. Arguments: the variable.</summary>
    public const string UnknownVariable = "Step.UnknownVariable";

    /// <summary>An expression names a value that nobody gives. Arguments: the name.</summary>
    public const string UnknownName = "Input.UnknownName";

    /// <summary>Steps lead back to themselves without a wait between.</summary>
    public const string LoopWithoutWait = "Flow.LoopWithoutWait";

    /// <summary>The step may wait for ever.</summary>
    public const string WaitWithoutLimit = "Step.WaitWithoutLimit";

    /// <summary>An outcome leads nowhere. Arguments: the outcome.</summary>
    public const string UnhandledOutcome = "Step.UnhandledOutcome";

    /// <summary>A trigger's input must be a literal. Arguments: what is wrong.</summary>
    public const string TriggerNeedsLiterals = "Trigger.NeedsLiterals";

    /// <summary>A variable's first value does not fit its type. Arguments: the variable, the type.</summary>
    public const string VariableValue = "Variable.Value";
}

/// <summary>A scenario cannot be saved or published as it is; the problems say why.</summary>
public sealed class ScenarioProblemsException(IReadOnlyList<DefinitionProblem> problems)
    : Exception(string.Join("; ", problems.Select(problem => $"{problem.Code}({string.Join(", ", problem.Arguments)}) at {problem.NodeId ?? "the scenario"}")))
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<DefinitionProblem> Problems { get; } = problems;
}

/// <summary>A scenario or a version that was asked for does not exist.</summary>
public sealed class ScenarioNotFoundException(string message) : Exception(message);
