using CentralPay.Workflows.Engine.Descriptors;
using CentralPay.Workflows.Engine.Plugins;

namespace CentralPay.Workflows.Server.Plugins;

/// <summary>Puts integrators' activities beside ours.</summary>
internal static class PluginComposition
{
    /// <summary>Loads what lies in the folder of plugins. Comes last, so that a plugin's services are tried against the whole house.</summary>
    public static void AddPlugins(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(PluginsOptions.Section).Get<PluginsOptions>() ?? new PluginsOptions();
        var folder = Path.GetFullPath(options.Folder);
        var found = PluginFolder.Look(folder).Select(FoundPlugin.Load).ToList();
        var services = builder.Services;
        foreach (var plugin in found)
        {
            PluginRegistrars.Add(plugin, services, builder.Configuration);
            services.AddSingleton<IActivityWords>(plugin.Texts);
        }

        var installed = new InstalledPlugins(folder, found);
        services.AddSingleton<IPlugins>(installed);
        services.AddSingleton<IActivitySource>(installed);
        services.AddHostedService<PluginReport>();
    }
}
