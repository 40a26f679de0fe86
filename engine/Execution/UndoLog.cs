namespace CentralPay.Workflows.Engine.Execution;

/// <summary>How to take back what the running step did to the case's state. Emptied when a step begins.</summary>
internal sealed class UndoLog
{
    private readonly List<Entry> _entries = new(8);

    public void Clear() => _entries.Clear();

    /// <summary>Remembers how to take back one change: a function without captures, and what it needs.</summary>
    public void Add(Action<object?, object?, object?> takeBack, object? target, object? key, object? old) =>
        _entries.Add(new Entry(takeBack, target, key, old));

    public void TakeBack()
    {
        for (var index = _entries.Count - 1; index >= 0; index--)
        {
            var entry = _entries[index];
            entry.Undo(entry.Target, entry.Key, entry.Old);
        }

        _entries.Clear();
    }

    private readonly record struct Entry(Action<object?, object?, object?> Undo, object? Target, object? Key, object? Old);
}
