using System.Reflection;
using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Plugins;

namespace CentralPay.Workflows.Server.Plugins;

/// <summary>The plugins of this process. Their activities join ours once ours stand, each by itself: one that fails keeps none of the others out.</summary>
internal sealed class InstalledPlugins(string folder, IReadOnlyList<FoundPlugin> found) : IPlugins, IActivitySource
{
    public string Folder => folder;

    public IReadOnlyList<Plugin> All { get; private set; } = [];

    public void AddTo(ActivityRegistry registry) => All = [.. found.Select(plugin => Install(plugin, registry))];

    private static Plugin Install(FoundPlugin plugin, ActivityRegistry registry)
    {
        List<ActivityDescriptor> brought = [];
        List<PluginProblem> problems = [.. plugin.Problems];
        foreach (var type in plugin.Activities.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            try
            {
                brought.Add(registry.Add(type).Find(type)!);
            }
            catch (DuplicateActivityException taken)
            {
                problems.Add(new PluginProblem(PluginProblemKind.NameTaken, taken.TypeName, $"{taken.Present.FullName} ({taken.Present.Assembly.GetName().Name})"));
            }
            catch (Exception failure)
            {
                // An integrator's constructor or attribute may throw whatever it likes.
                problems.Add(new PluginProblem(PluginProblemKind.ActivityFails, type.FullName!, ((failure as TargetInvocationException)?.InnerException ?? failure).Message));
            }
        }

        return new Plugin(plugin.File) { Name = plugin.Name, Version = plugin.Version, Activities = brought, Problems = problems };
    }
}
