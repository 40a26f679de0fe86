using System.Reflection;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Expressions;
using CentralPay.Workflows.Engine.Plugins;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Plugins;

/// <summary>Lets a plugin register services of its own, on trial first: what it adds must be complete, and leave the house as it is.</summary>
internal static class PluginRegistrars
{
    private const string House = "CentralPay.Workflows.";

    /// <summary>Adds the services of a plugin to ours, or refuses it as a whole with the reason.</summary>
    public static void Add(FoundPlugin plugin, IServiceCollection ours, IConfiguration settings)
    {
        var accepted = new List<ServiceDescriptor>();
        foreach (var registrar in plugin.Registrars)
        {
            var (added, problem) = Try(plugin, registrar, [.. ours, .. accepted], settings);
            if (problem is not null)
            {
                plugin.Refuse(problem);
                return;
            }

            accepted.AddRange(added);
        }

        accepted.ForEach(ours.Add);
    }

    private static (List<ServiceDescriptor> Added, PluginProblem? Problem) Try(FoundPlugin plugin, Type registrar, IReadOnlyList<ServiceDescriptor> before, IConfiguration settings)
    {
        try
        {
            IServiceCollection trial = new ServiceCollection();
            foreach (var service in before)
            {
                trial.Add(service);
            }

            ((IPluginServices)Activator.CreateInstance(registrar)!).Add(trial, settings.GetSection($"{PluginsOptions.Section}:{plugin.Name}"));
            var added = trial.Except(before).ToList();
            return (added, Harm(registrar, before, trial, added) ?? (Incomplete(trial, added) is { } missing ? Refused(registrar, PluginProblemKind.ServicesRefused, missing) : null));
        }
        catch (Exception failure)
        {
            // An integrator's code may throw whatever it likes.
            return ([], Refused(registrar, PluginProblemKind.ServicesRefused, ((failure as TargetInvocationException)?.InnerException ?? failure).Message));
        }
    }

    private static PluginProblem? Harm(Type registrar, IReadOnlyList<ServiceDescriptor> before, IServiceCollection trial, List<ServiceDescriptor> added)
    {
        if (before.Except(trial).FirstOrDefault() is { } taken)
        {
            return Refused(registrar, PluginProblemKind.ServiceTakenAway, taken.ServiceType.ToString());
        }

        if (added.Find(service => StartsWithHost(service.ServiceType)) is { } starting)
        {
            return Refused(registrar, PluginProblemKind.ServiceStartsWithHost, starting.ServiceType.ToString());
        }

        var known = before.Select(service => service.ServiceType).ToHashSet();
        return added.Find(service => IsTheHousesOnly(service.ServiceType) && known.Contains(service.ServiceType)) is { } replaced
            ? Refused(registrar, PluginProblemKind.ServiceReplaced, replaced.ServiceType.ToString())
            : null;
    }

    // What the host makes and calls while it starts; where it throws, the host does not start. Options that are validated then
    // hang on options of a type that is not public.
    private static bool StartsWithHost(Type service) =>
        service == typeof(IHostedService)
        || service == typeof(IStartupFilter)
        || service == typeof(IStartupValidator)
        || service == typeof(ILoggerProvider)
        || service.GenericTypeArguments.Any(about => about.Name == "StartupValidatorOptions");

    private static PluginProblem Refused(Type registrar, PluginProblemKind kind, string detail) => new(kind, registrar.FullName!, detail);

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
