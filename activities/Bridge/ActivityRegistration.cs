using CentralPay.Workflows.Activities.Simulation;
using CentralPay.Workflows.Engine;
using CentralPay.Workflows.Engine.Activities;
using CentralPay.Workflows.Engine.Definitions;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Execution;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Runtime;
using CentralPay.Workflows.Payments.Events;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Activities.Bridge;

/// <summary>Adds the engine with the domain's steps in it.</summary>
public static class ActivityRegistration
{
    /// <summary>The kernel, the activities of this assembly with their texts, the domain's functions, and the bridge from domain events to stimuli.</summary>
    public static IServiceCollection AddActivities(this IServiceCollection services)
    {
        services.AddWorkflowEngine(
            activities => activities.AddFrom(typeof(ActivityRegistration).Assembly),
            (functions, _) => DomainFunctions.Register(functions));
        services.AddSingleton<IActivityWords, ActivityWords>();
        services.AddSingleton<IFaultClassifier, DomainFaults>();
        services.AddScoped<ICaseEndings, CaseWithdrawals>();
        services.AddScoped<IExpressionRoots, CaseExpressionRoots>();
        services.AddScoped<IScenarioRules, TemplateRules>();
        services.AddScoped<IDomainEventListener, DomainEventStimuli>();
        services.AddScoped<ICaseOrigins, CaseOrigins>();
        services.AddScoped<ICaseStanding, CaseStanding>();
        services.AddScoped<ITenantCalendar, MerchantCalendar>();
        services.AddScoped<ITaskDispatcher, TaskNews>();
        services.AddSingleton<SimulationGate>();
        services.AddScoped<ScenarioSimulation>();
        return services;
    }
}
