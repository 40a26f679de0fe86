namespace CentralPay.Workflows.Activities.Stimuli;

/// <summary>
/// Keys of what a step asks outside: case / run of the step / attempt. A burst that is tried again asks under the same
/// key, so that nothing is done twice; the attempt rises only after a known negative answer.
/// </summary>
public static class EffectKeys
{
    /// <summary>The key of the first attempt of a step's only effect.</summary>
    public static string Of(ActivityExecutionContext context) => $"{CaseId(context):D}/{context.Id}/1";

    /// <summary>The key of a later attempt of a step's effect, made only after the one before is known to have failed.</summary>
    /// <param name="context">The run of the step.</param>
    /// <param name="attempt">The attempt, from 1.</param>
    public static string Of(ActivityExecutionContext context, int attempt) => $"{CaseId(context):D}/{context.Id}/{attempt}";

    /// <summary>The case's identity.</summary>
    public static Guid CaseId(ActivityExecutionContext context) => Guid.Parse(context.WorkflowExecutionContext.Id);
}
