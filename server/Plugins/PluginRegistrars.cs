using System.Reflection;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Plugins;

namespace CentralPay.Workflows.Server.Plugins;

/// <summary>Lets a plugin register services of its own, on trial first: what it adds must be complete, and leave the house as it is.</summary>
internal static class PluginRegistrars
{
    private const string House = "CentralPay.Workflows.";

    /// <summary>Adds the services of a plugin to ours, or refuses it as a whole with the reason.</summary>
    public static void Add(FoundPlugin plugin, IServiceCollection ours, IConfiguration settings)
    {
        foreach (var registrar in plugin.Registrars)
        {
            try
            {
                IServiceCollection trial = new ServiceCollection();
                foreach (var service in ours)
                {
                    trial.Add(service);
                }

                ((IPluginServices)Activator.CreateInstance(registrar)!).Add(trial, settings.GetSection($"{PluginsOptions.Section}:{plugin.Name}"));
                var added = trial.Except(ours).ToList();
                if ((ReasonToRefuse(ours, trial, added) ?? Incomplete(trial, added)) is { } reason)
                {
                    plugin.Refuse(new PluginProblem(PluginProblemKind.ServicesRefused, registrar.FullName!, reason));
                    return;
                }

                added.ForEach(ours.Add);
            }
            catch (Exception failure)
            {
                // An integrator's code may throw whatever it likes.
                plugin.Refuse(new PluginProblem(PluginProblemKind.ServicesRefused, registrar.FullName!, ((failure as TargetInvocationException)?.InnerException ?? failure).Message));
                return;
            }
        }
    }

    private static string? ReasonToRefuse(IServiceCollection ours, IServiceCollection trial, List<ServiceDescriptor> added)
    {
        if (ours.Except(trial).FirstOrDefault() is { } taken)
        {
            return $"It takes away {taken.ServiceType}, which is the host's.";
        }

        if (added.Find(service => service.ServiceType == typeof(IHostedService)) is not null)
        {
            return $"It adds a service that starts with the host ({nameof(IHostedService)}); one that fails would keep the host from starting.";
        }

        var known = ours.Select(service => service.ServiceType).ToHashSet();
        return added.Find(service => IsTheHousesOnly(service.ServiceType) && known.Contains(service.ServiceType)) is { } replaced ? $"It replaces {replaced.ServiceType}, which is the host's." : null;
    }

    private static bool IsTheHousesOnly(Type service) =>
        service == typeof(TimeProvider)
        || (service.FullName!.StartsWith(House, StringComparison.Ordinal) && service != typeof(IActivityWords) && service != typeof(IExpressionRoots));

    /// <summary>What a service of the plugin needs and nobody gives; null where nothing is missing. Nothing is made for it.</summary>
    private static string? Incomplete(IServiceCollection trial, List<ServiceDescriptor> added)
    {
        try
        {
            using var provider = trial.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
            return null;
        }
        catch (AggregateException failures)
        {
            return failures.InnerExceptions.Select(failure => failure.Message).FirstOrDefault(message => added.Exists(service => message.Contains($"'ServiceType: {service.ServiceType} ", StringComparison.Ordinal)));
        }
    }
}
