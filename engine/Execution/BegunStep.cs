using CentralPay.Workflows.Engine.Compilation;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>A step that begins in the place of another's run.</summary>
/// <param name="Step">The step.</param>
/// <param name="Owner">The run that holds it.</param>
/// <param name="CompletionCallback">What that run goes on with at its end; null for its own way.</param>
/// <param name="Round">What the round of a loop over items gives, where the run in whose place it begins was one; else nothing.</param>
internal sealed record BegunStep(CompiledNode Step, int Owner, string? CompletionCallback, IReadOnlyList<KeyValuePair<string, object?>> Round);
