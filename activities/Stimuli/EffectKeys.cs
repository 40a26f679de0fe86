namespace CentralPay.Workflows.Activities.Stimuli;

/// <summary>
/// Keys of what a step asks outside: case / run of the step / attempt. A burst that is tried again asks under the same
/// key, so that nothing is done twice; the attempt rises only after a known negative answer.
/// </summary>
public static class EffectKeys
{
    /// <summary>The key of the first attempt of a step's only effect.</summary>
    public static string Of(ActivityExecutionContext context) => $"{CaseId(context):D}/{context.Id}/1";

    /// <summary>The case's identity.</summary>
    public static Guid CaseId(ActivityExecutionContext context) => Guid.Parse(context.WorkflowExecutionContext.Id);
}
