namespace CentralPay.Workflows.Engine.Execution;

/// <summary>How one run of a step stands.</summary>
internal enum StepStatus
{
    /// <summary>It is to run.</summary>
    Pending,

    /// <summary>It runs, waits, or holds steps that do.</summary>
    Running,

    /// <summary>It ended by an outcome.</summary>
    Completed,

    /// <summary>It was ended from outside.</summary>
    Canceled,

    /// <summary>It failed; an incident says why.</summary>
    Faulted,
}
