using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Feed;
using CentralPay.Workflows.Storage.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Storage.Writing;

/// <summary>What a commit left to tell: work of cases and of the outbox to wake for, events for the live feed.</summary>
internal sealed record CommitResult(Guid MerchantId, bool LeftWork, bool LeftEffects, IReadOnlyList<DomainEvent> Events)
{
    public void Tell(IServiceProvider services)
    {
        if (LeftWork)
        {
            services.GetService<IWorkSignal>()?.Set();
        }

        if (LeftEffects)
        {
            services.GetService<IEffectSignal>()?.SetEffects();
        }

        if (Events.Count > 0)
        {
            services.GetService<ICollectionFeed>()?.Publish(MerchantId, Events);
        }

        services.GetService<NodeNews>()?.Tell(this);
    }
}
