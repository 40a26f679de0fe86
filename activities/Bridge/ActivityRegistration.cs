using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Payments.Events;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>Adds the domain's steps to the engine.</summary>
public static class ActivityRegistration
{
    /// <summary>The activities of this assembly, their texts, and the bridge from domain events to stimuli.</summary>
    public static IServiceCollection AddActivities(this IServiceCollection services)
    {
        services.AddSingleton<IActivityWords, ActivityWords>();
        services.AddScoped<IDomainEventListener, DomainEventStimuli>();
        return services;
    }
}
