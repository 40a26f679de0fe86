namespace CentralPay.Workflows.Sandbox.Faults;

/// <summary>The faults switched on, in order. They live in memory: a new start is a healthy one.</summary>
public sealed class FaultSwitches
{
    private readonly List<FaultSwitch> _switches = [];
    private readonly Lock _lock = new();

    public void Add(FaultSwitch fault)
    {
        lock (_lock) _switches.Add(fault);
    }

    public IReadOnlyList<FaultSwitch> List()
    {
        lock (_lock) return [.. _switches];
    }

    public void Clear()
    {
        lock (_lock) _switches.Clear();
    }

    /// <summary>The fault this call meets, counted as met; null: none.</summary>
    public FaultSwitch? TakeCallFault(string method, string path) => Take(fault => fault.Matches(method, path));

    /// <summary>Whether this webhook meets such a fault, counted as met.</summary>
    public bool TakeWebhookFault(FaultKind kind) => Take(fault => fault.Fault == kind) is not null;

    private FaultSwitch? Take(Func<FaultSwitch, bool> isMet)
    {
        lock (_lock)
        {
            var fault = _switches.FirstOrDefault(isMet);
            if (fault is not null && --fault.Times == 0) _switches.Remove(fault);
            return fault;
        }
    }
}
