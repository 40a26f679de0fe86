using CentralPay.Workflows.Payments.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Payments.Records.Memory;

/// <summary>Opens scopes bound to a merchant, each with a unit of work of its own over the services it is given.</summary>
public sealed class MemoryScopes(IServiceScopeFactory factory) : IMerchantScopes
{
    /// <inheritdoc />
    public IMerchantScope Open(Guid merchantId, Actor actor)
    {
        var scope = factory.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<MerchantBinding>().Bind(merchantId, actor);
        return new Opened(scope);
    }

    private sealed class Opened(AsyncServiceScope scope) : IMerchantScope
    {
        public IServiceProvider Services => scope.ServiceProvider;

        public IMerchantRecords Records => scope.ServiceProvider.GetRequiredService<IMerchantRecords>();

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }
}
