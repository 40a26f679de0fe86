using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Engine.Runtime.Memory;
using CentralPay.Workflows.Engine.Tests.Contract;

namespace CentralPay.Workflows.Engine.Tests.Runtime;

/// <summary>The memory store keeps the contract of every store.</summary>
public sealed class MemoryEngineStoreTests : EngineStoreContract
{
    protected override ValueTask<EngineStoreUnderTest> OpenStoreAsync() => new(new Opened());

    private sealed class Opened : EngineStoreUnderTest
    {
        private readonly TestClock _leases = new(Now);
        private readonly MemoryEngineStore _store;

        public Opened()
        {
            _store = new MemoryEngineStore(new TestClock(Now), _leases, limits: Limits);
        }

        public override ITenantScopes Scopes => _store;

        public override IWorkQueue Queue => _store;

        public override ValueTask LetLeaseTimePassAsync(TimeSpan time)
        {
            _leases.Advance(time);
            return ValueTask.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
