using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CentralPay.Workflows.Engine.Plugins;

/// <summary>
/// Registers the services that a plugin's activities ask for (<c>context.GetRequiredService&lt;T&gt;()</c>). A public class with
/// it and a public constructor without parameters is found by itself; it is asked once, when the host starts.
/// </summary>
public interface IPluginServices
{
    /// <summary>
    /// Adds services of the plugin's own. The host's may be used, and not replaced or taken away; a service that starts with the
    /// host is refused, because a failing one would keep the host from starting. What is refused is told on the screen of plugins.
    /// </summary>
    /// <param name="services">The host's services; add to them.</param>
    /// <param name="settings">The settings of this plugin: the section <c>Plugins:</c> with the name of its assembly.</param>
    void Add(IServiceCollection services, IConfiguration settings);
}
