using CentralPay.Workflows.Engine.Runtime;

namespace CentralPay.Workflows.Benchmarks.Kernel;

/// <summary>A tenant's services whose unit of work keeps nothing: what remains is the kernel.</summary>
internal sealed class Forgetful(IServiceProvider tenant, Guid tenantId) : IServiceProvider, IEngineUnitOfWork
{
    private readonly List<EngineChange> changes = [];
    private JournalEntry? lastEntry;

    public Guid TenantId => tenantId;

    public int Position => changes.Count;

    /// <summary>The case as the last burst left it.</summary>
    public CaseRecord? Last { get; private set; }

    /// <summary>How many steps the last burst ran.</summary>
    public int LastSteps => lastEntry?.Steps.Select(step => step.NodeId).Distinct().Count() ?? 0;

    public object? GetService(Type serviceType) => serviceType == typeof(IEngineUnitOfWork) ? this : tenant.GetService(serviceType);

    public void Append(EngineChange change) => changes.Add(change);

    public void CutBack(int position) => changes.RemoveRange(position, changes.Count - position);

    public Task CommitAsync(CancellationToken cancellationToken = default)
    {
        foreach (var change in changes)
        {
            if (change is CaseChanged changed)
            {
                Last = changed.Case;
            }
            else if (change is JournalWritten written)
            {
                lastEntry = written.Entry;
            }
        }

        changes.Clear();
        return Task.CompletedTask;
    }
}
