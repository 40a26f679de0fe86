using System.Collections;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>Items taken off the queue under a lease, in the order they are to be run.</summary>
/// <param name="items">The items.</param>
/// <param name="leavesOthers">Whether others wait that could have been taken but for the limit, or but for an item of their case that somebody holds.</param>
public sealed class ClaimedItems(IReadOnlyList<WorkItem> items, bool leavesOthers) : IReadOnlyList<WorkItem>
{
    /// <inheritdoc />
    public int Count => items.Count;

    /// <summary>Whether others wait that could have been taken but for the limit, or but for an item of their case that somebody holds.</summary>
    public bool LeavesOthers => leavesOthers;

    /// <inheritdoc />
    public WorkItem this[int index] => items[index];

    /// <inheritdoc />
    public IEnumerator<WorkItem> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
