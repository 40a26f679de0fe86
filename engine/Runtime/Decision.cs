using System.Text.Json;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>What a person decides about an incident.</summary>
/// <param name="Kind">What is to happen.</param>
public sealed record Decision(DecisionKind Kind)
{
    /// <summary>For a skip: the outcome by which the case goes on; null where the step has only one.</summary>
    public string? Outcome { get; init; }

    /// <summary>For a retry: values that the failed step's inputs take instead of theirs, by name; they stay with this run of the step.</summary>
    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>();
}

/// <summary>What can be decided about an incident.</summary>
public enum DecisionKind
{
    /// <summary>Run the failed step again.</summary>
    Retry,

    /// <summary>Go on after it.</summary>
    Skip,

    /// <summary>End the case.</summary>
    Cancel,

    /// <summary>Nothing: it stopped no case, and somebody has seen to it outside.</summary>
    Close,
}

/// <summary>An input of the failed step cannot take the value that was given for it.</summary>
public sealed class InputRefusedException(InputRefusal refusal, string input, string typeName) : Exception($"The input \"{input}\" was refused: {refusal}.")
{
    /// <summary>Why.</summary>
    public InputRefusal Refusal { get; } = refusal;

    /// <summary>The input.</summary>
    public string Input { get; } = input;

    /// <summary>What it holds; empty where there is no such input.</summary>
    public string TypeName { get; } = typeName;
}

/// <summary>Why an input does not take a value.</summary>
public enum InputRefusal
{
    /// <summary>The step has no such input.</summary>
    Unknown,

    /// <summary>It cannot be empty.</summary>
    Required,

    /// <summary>The value is not of its type.</summary>
    WrongType,
}

/// <summary>The case cannot go on by the outcome that was given, or it could by several and none was given.</summary>
public sealed class OutcomeRefusedException(string? outcome, IReadOnlyList<string> outcomes)
    : Exception(outcome is null ? $"One of the outcomes {string.Join(", ", outcomes)} must be given." : $"There is no outcome \"{outcome}\"; there are {string.Join(", ", outcomes)}.")
{
    /// <summary>What was given; null for nothing.</summary>
    public string? Outcome { get; } = outcome;

    /// <summary>Those that there are.</summary>
    public IReadOnlyList<string> Outcomes { get; } = outcomes;
}
