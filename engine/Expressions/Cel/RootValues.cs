namespace CentralPay.Workflows.Engine.Expressions.Cel;

/// <summary>
/// The values of the host, and members of them, that the expressions of a case have read already. The host gives each once
/// in a burst, so what was read stays true until its end, and reading it again is one look into an array.
/// </summary>
internal sealed class RootValues
{
    private Slot[] _slots = [];

    /// <summary>The value of a slot, where it was read.</summary>
    public bool TryGet(int slot, out CelValue value)
    {
        var slots = _slots;
        if ((uint)slot < (uint)slots.Length && slots[slot].IsKept)
        {
            value = slots[slot].Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Keeps a value, and gives it back.</summary>
    public CelValue Keep(int slot, CelValue value)
    {
        if (slot >= _slots.Length)
            Array.Resize(ref _slots, Math.Max(slot + 1, _slots.Length * 2));
        _slots[slot] = new Slot(value, true);
        return value;
    }

    private readonly record struct Slot(CelValue Value, bool IsKept);
}

/// <summary>Numbers the ways to values of the host (<c>invoice.amount</c>), the same for all expressions of a scenario.</summary>
internal sealed class RootPaths
{
    private readonly Dictionary<string, int> _slots = [];

    /// <summary>The slot of a way.</summary>
    public int SlotOf(string path)
    {
        if (!_slots.TryGetValue(path, out var slot))
            _slots[path] = slot = _slots.Count;
        return slot;
    }
}
