using System.Collections.Concurrent;
using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Benchmarks.Databases;

/// <summary>Tells clients that something they wait for was committed: a case waits at a step or has ended, an effect is settled.</summary>
internal sealed class Milestones
{
    public const string Finished = "finished";

    private readonly ConcurrentDictionary<(Guid Id, string What), TaskCompletionSource> expected = new();

    /// <summary>How many bytes the last case that began to wait kept as its state.</summary>
    public int WaitingStateBytes { get; private set; }

    public static string WaitsAt(string nodeId) => $"waits:{nodeId}";

    /// <summary>Done when it is reached; to be asked before it can be.</summary>
    public Task Expect(Guid id, string what) =>
        expected.GetOrAdd((id, what), _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Reach(Guid id, string what)
    {
        if (expected.TryRemove((id, what), out var waiting))
        {
            waiting.SetResult();
        }
    }

    public void Committed(CaseRecord moved)
    {
        if (moved.SubStatus == CaseSubStatus.Faulted)
        {
            Fail(new InvalidOperationException($"The case {moved.Id} failed at a step; a benchmark must run without incidents."));
            return;
        }

        if (moved.Status == CaseStatus.Finished)
        {
            Reach(moved.Id, Finished);
        }
        else if (moved.WaitingNodeId is { } nodeId)
        {
            WaitingStateBytes = moved.State.Length;
            Reach(moved.Id, WaitsAt(nodeId));
        }
    }

    /// <summary>Ends every wait with a failure.</summary>
    public void Fail(Exception failure)
    {
        foreach (var (key, waiting) in expected)
        {
            expected.TryRemove(key, out _);
            waiting.TrySetException(failure);
        }
    }
}
