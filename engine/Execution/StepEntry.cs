using CentralPay.Workflows.Engine.Authoring;

namespace CentralPay.Workflows.Engine.Execution;

/// <summary>How a step is entered: run from its start, gone on with at a method, or completed.</summary>
internal sealed record StepEntry(OpenBookmark? Bookmark, string? Callback, string? InputJson)
{
    /// <summary>Stands for "complete the step".</summary>
    public const string Complete = "!complete";

    /// <summary>Stands for "burn the wait and leave the step as it is".</summary>
    public const string Nothing = "!nothing";

    public static readonly StepEntry Run = new(null, null, null);

    public IReadOnlyList<string>? Outcomes { get; init; }

    /// <summary>Whether something came with it, be it nothing in words, that expressions then see as the input: not with a step that only follows another, or is skipped.</summary>
    public bool Resumes => Bookmark is not null || InputJson is not null || Callback is not (null or Complete);

    public string WhatHappened(ActivityExecutionContext step) => step.Status switch
    {
        StepStatus.Completed => "Completed",
        StepStatus.Canceled => "Cancelled",
        _ when Callback is not null => "Resumed",
        _ => "Waiting",
    };
}

/// <summary>Where a failed step is entered again with the input it had, and the incident that decides it.</summary>
internal sealed record StepFault(Guid IncidentId, string? Callback, string? InputJson);

/// <summary>A burst took more than its budget; all it did is dropped.</summary>
internal sealed class BurstBudgetException(string? nodeId, string message) : Exception(message)
{
    public string? NodeId { get; } = nodeId;

    /// <summary>Whether it may pass by itself: a busy machine takes long for what is usually short.</summary>
    public bool MayPass { get; init; }

    /// <summary>Whether it is what the case would keep, rather than what it did.</summary>
    public bool KeepsTooMuch { get; init; }
}
