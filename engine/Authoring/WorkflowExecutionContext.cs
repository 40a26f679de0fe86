using CentralPay.Workflows.Engine.Execution;

namespace CentralPay.Workflows.Engine.Authoring;

/// <summary>The running case, as a step sees it.</summary>
public sealed class WorkflowExecutionContext
{
    private readonly Burst _burst;

    internal WorkflowExecutionContext(Burst burst)
    {
        _burst = burst;
    }

    /// <summary>The case's identity.</summary>
    public string Id => field ??= _burst.CaseId.ToString();

    /// <summary>The business object the case is about; a step may set it once it knows.</summary>
    public string? CorrelationId
    {
        get => _burst.CorrelationId;
        set => _burst.SetCorrelationId(value);
    }
}
