using System.Linq.Expressions;
using CentralPay.Workflows.Activities.Bridge;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Records.Memory;

namespace CentralPay.Workflows.Activities.Simulation;

/// <summary>What one stimulus changes in a simulation, engine's and domain's, committed to memory together.</summary>
internal sealed class SimulatedUnitOfWork : IEngineUnitOfWork, IMerchantRecords
{
    private readonly IEngineUnitOfWork engine;
    private readonly SimulationLog log;
    private readonly Dictionary<int, (int Engine, int Records)> marks = [];
    private readonly List<EngineChange> told = [];

    public SimulatedUnitOfWork(IEngineUnitOfWork engine, MemoryStore store, SimulationLog log)
    {
        this.engine = engine;
        this.log = log;
        Records = new MemoryRecords(store, engine.TenantId, [new DomainEventStimuli(this)]);
    }

    /// <summary>The domain's part.</summary>
    public MemoryRecords Records { get; }

    public Guid TenantId => engine.TenantId;

    public Guid MerchantId => Records.MerchantId;

    public int Position
    {
        get
        {
            var (ofEngine, ofRecords) = (engine.Position, Records.Position);
            marks[ofEngine + ofRecords] = (ofEngine, ofRecords);
            return ofEngine + ofRecords;
        }
    }

    public void Append(EngineChange change)
    {
        engine.Append(change);
        told.Add(change);
    }

    public void CutBack(int position)
    {
        var (ofEngine, ofRecords) = marks[position];
        engine.CutBack(ofEngine);
        told.RemoveRange(ofEngine, told.Count - ofEngine);
        Records.CutBack(ofRecords);
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        var happened = Records.Raised.ToArray();

        // Nobody else writes: what the engine would refuse, it refuses before anything is run.
        await Records.CommitAsync(cancellationToken);
        await engine.CommitAsync(cancellationToken);
        log.Add(happened, told);
        told.Clear();
        marks.Clear();
    }

    public ValueTask<T?> FindAsync<T>(Guid id, CancellationToken cancellationToken = default) where T : class, IMerchantRecord => Records.FindAsync<T>(id, cancellationToken);

    public ValueTask<IReadOnlyList<T>> ListAsync<T>(Expression<Func<T, bool>> where, int limit = 1000, CancellationToken cancellationToken = default) where T : class, IMerchantRecord =>
        Records.ListAsync(where, limit, cancellationToken);

    public ValueTask<IReadOnlyList<T>> PageAsync<T>(Expression<Func<T, bool>> where, Guid? before, int limit, CancellationToken cancellationToken = default) where T : class, IMerchantRecord =>
        Records.PageAsync(where, before, limit, cancellationToken);

    public ValueTask<IReadOnlyList<T>> PageAsync<T>(Expression<Func<T, bool>> where, RowOrder<T> order, Guid? after, int limit, CancellationToken cancellationToken = default) where T : class, IMerchantRecord =>
        Records.PageAsync(where, order, after, limit, cancellationToken);

    public ValueTask<int> CountAsync<T>(Expression<Func<T, bool>> where, CancellationToken cancellationToken = default) where T : class, IMerchantRecord => Records.CountAsync(where, cancellationToken);

    public void Add<T>(T record) where T : class, IMerchantRecord => Records.Add(record);

    public T Update<T>(T record) where T : class, IMerchantRecord => Records.Update(record);

    public void Post(LedgerEntry entry) => Records.Post(entry);

    public void Raise(DomainEvent happened) => Records.Raise(happened);

    public void Ask(Effect effect) => Records.Ask(effect);

    public void Settle(EffectSettlement settlement) => Records.Settle(settlement);
}
