using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Storage.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Scopes;

/// <summary>Opens scopes bound to one merchant, for work and pages that have no request to take it from.</summary>
internal sealed class MerchantScopes(IServiceScopeFactory scopes) : IMerchantScopes, ITenantScopes
{
    public IMerchantScope Open(Guid merchantId, Actor actor) => OpenScope(merchantId, actor);

    public ITenantScope Open(Guid tenantId)
    {
        var scope = OpenScope(tenantId, Actor.System);
        scope.Services.GetRequiredService<UnitOfWork>().KeepReads();
        return scope;
    }

    private MerchantScope OpenScope(Guid merchantId, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (merchantId == Guid.Empty)
        {
            throw new ArgumentException("A scope is opened for a merchant.", nameof(merchantId));
        }

        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<MerchantBinding>().Bind(merchantId, actor);
        return new MerchantScope(scope);
    }
}

/// <summary>A merchant's scope.</summary>
internal sealed class MerchantScope(AsyncServiceScope scope) : IMerchantScope, ITenantScope
{
    public IServiceProvider Services => scope.ServiceProvider;

    public IMerchantRecords Records => scope.ServiceProvider.GetRequiredService<IMerchantRecords>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
