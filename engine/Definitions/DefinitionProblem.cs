namespace CentralPay.Workflows.Engine.Definitions;

/// <summary>Something a scenario's author should look at.</summary>
/// <param name="Severity">Whether it keeps the scenario from being published.</param>
/// <param name="Code">What it is, as a key of resources (<see cref="ProblemCodes"/>).</param>
/// <param name="NodeId">The step it is about; null for the whole scenario.</param>
/// <param name="InputName">The input it is about; null for the whole step.</param>
/// <param name="Arguments">What the resource's text names: a type, an outcome, a message with its line and column.</param>
public sealed record DefinitionProblem(ProblemSeverity Severity, string Code, string? NodeId, string? InputName, IReadOnlyList<string> Arguments)
{
    /// <summary>Where it stands in the input's expression; null where it is about the whole of it, or about no expression.</summary>
    public TextPlace? Place { get; init; }

    /// <summary>The name that was probably meant; null for none.</summary>
    public string? Suggestion { get; init; }
}

/// <summary>A place in a text.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
public sealed record TextPlace(int Line, int Column)
{
    /// <summary>The place of a character, counted from 1.</summary>
    internal static TextPlace Of(string text, int position)
    {
        var before = text.AsSpan(0, Math.Clamp(position - 1, 0, text.Length));
        return new TextPlace(before.Count('\n') + 1, before.Length - (before.LastIndexOf('\n') + 1) + 1);
    }
}

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

    /// <summary>A member of the definition is of another kind than it must be. Arguments: the member, what it is, the kind it must be of.</summary>
    public const string Member = "Scenario.Member";

    /// <summary>Objects and lists stand in each other too deep. Arguments: the levels that are allowed.</summary>
    public const string TooDeep = "Scenario.TooDeep";

    /// <summary>Two inputs of the scenario have one name, however their letters are written. Arguments: the name.</summary>
    public const string DuplicateInput = "Scenario.DuplicateInput";

    /// <summary>Two outputs of the scenario have one name. Arguments: the name.</summary>
    public const string DuplicateOutput = "Scenario.DuplicateOutput";

    /// <summary>The scenario has no name.</summary>
    public const string NoName = "Scenario.NoName";

    /// <summary>Two steps have one identity. Arguments: the identity.</summary>
    public const string DuplicateStep = "Step.Duplicate";

    /// <summary>Two variables have the same name, in one list, or the scenario's and that of a step within it, or those of two steps. Arguments: the name.</summary>
    public const string DuplicateVariable = "Variable.Duplicate";

    /// <summary>Two variables have the same identity. Arguments: the identity, the names.</summary>
    public const string VariableIdentity = "Variable.Identity";

    /// <summary>The activity type is not installed. Arguments: the type.</summary>
    public const string UnknownActivity = "Step.UnknownActivity";

    /// <summary>The flowchart has no step to begin with.</summary>
    public const string NoStart = "Flow.NoStart";

    /// <summary>The flowchart names a step to begin with that is not there. Arguments: the step.</summary>
    public const string UnknownStart = "Flow.UnknownStart";

    /// <summary>Several steps could be the start. Arguments: their identities.</summary>
    public const string SeveralStarts = "Flow.SeveralStarts";

    /// <summary>Nothing leads to the step: no connection, or no port of the activity it is drawn in.</summary>
    public const string Unconnected = "Step.Unconnected";

    /// <summary>A connection leaves by an outcome that the step does not have. Arguments: the outcome.</summary>
    public const string UnknownOutcome = "Connection.UnknownOutcome";

    /// <summary>A connection names a step that is not there. Arguments: the step.</summary>
    public const string UnknownStep = "Connection.UnknownStep";

    /// <summary>Two connections are the same. Arguments: the outcome, the target.</summary>
    public const string DuplicateConnection = "Connection.Duplicate";

    /// <summary>A required input is empty. Arguments: its label.</summary>
    public const string MissingInput = "Input.Missing";

    /// <summary>A setting cannot hold what is written there. Arguments: its label, what is written, the kind it must be of.</summary>
    public const string Shape = "Input.Shape";

    /// <summary>A part of what is written for a setting is not what it holds. Arguments: its label, where that stands in it.</summary>
    public const string Part = "Input.Part";

    /// <summary>A setting is neither a value nor an expression. Arguments: its label, what is written.</summary>
    public const string NoExpression = "Input.NoExpression";

    /// <summary>An output does not say which variable it is written to. Arguments: its label, what is written.</summary>
    public const string OutputShape = "Output.Shape";

    /// <summary>An expression is wrong. Arguments: what is wrong, the line, the column.</summary>
    public const string Expression = "Input.Expression";

    /// <summary>An expression is written in a syntax that does not run here. Arguments: the input's label, the syntax.</summary>
    public const string UnsupportedSyntax = "Input.Syntax";

    /// <summary>An output is bound to a variable that is not there. Arguments: the variable.</summary>
    public const string UnknownVariable = "Step.UnknownVariable";

    /// <summary>An expression names a value that nobody gives. Arguments: the name.</summary>
    public const string UnknownName = "Input.UnknownName";

    /// <summary>An expression asks for a member that a value does not have. Arguments: the value's name, the member.</summary>
    public const string UnknownMember = "Expression.UnknownMember";

    /// <summary>An expression asks for a member of something that has none. Arguments: the member, the type.</summary>
    public const string NoMember = "Expression.NoMember";

    /// <summary>An expression asks for an item of something that has none by such a key. Arguments: the type, the key's type.</summary>
    public const string NoItem = "Expression.NoItem";

    /// <summary>A map's key is of a type that keys cannot be of. Arguments: the type.</summary>
    public const string NoKey = "Expression.NoKey";

    /// <summary>An operator means nothing to what stands beside it. Arguments: the sign, the left type, the right type.</summary>
    public const string NoOverload = "Expression.NoOverload";

    /// <summary>An operator means nothing to what stands behind it. Arguments: the sign, the type.</summary>
    public const string NoOperand = "Expression.NoOperand";

    /// <summary>Two things are compared that are never equal. Arguments: the left type, the right type.</summary>
    public const string NeverEqual = "Expression.NeverEqual";

    /// <summary>A function is given something it does not take. Arguments: the function, the type it takes, the type it is given.</summary>
    public const string Argument = "Expression.Argument";

    /// <summary>Something that is neither true nor false stands where one is needed. Arguments: the sign or function, the type.</summary>
    public const string NotBoolean = "Expression.NotBoolean";

    /// <summary>Something is gone through that is neither a list nor a map. Arguments: the function, the type.</summary>
    public const string NotAList = "Expression.NotAList";

    /// <summary>A part that says all itself has no value. Arguments: why.</summary>
    public const string NoValue = "Expression.NoValue";

    /// <summary>An expression gives something else than its input is for. Arguments: the type that is needed, the type it gives.</summary>
    public const string Result = "Expression.Result";

    /// <summary>Steps lead back to themselves without a wait between.</summary>
    public const string LoopWithoutWait = "Flow.LoopWithoutWait";

    /// <summary>The step may wait for ever.</summary>
    public const string WaitWithoutLimit = "Step.WaitWithoutLimit";

    /// <summary>An outcome leads nowhere. Arguments: the outcome.</summary>
    public const string UnhandledOutcome = "Step.UnhandledOutcome";

    /// <summary>A trigger's input must be a literal. Arguments: what is wrong.</summary>
    public const string TriggerNeedsLiterals = "Trigger.NeedsLiterals";

    /// <summary>An input by which the scenario is drawn must be a literal. Arguments: the input.</summary>
    public const string NeedsLiteral = "Input.NeedsLiteral";

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
