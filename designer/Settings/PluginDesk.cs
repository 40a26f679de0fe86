using CentralPay.Workflows.Engine.Plugins;
using CentralPay.Workflows.Payments.Access;

namespace CentralPay.Workflows.Designer.Settings;

/// <summary>Where integrators see what became of their activities. Pages and the API use it alike. Scoped to a merchant.</summary>
public sealed class PluginDesk(IPlugins plugins, StrandedWaits waits, ICurrentActor current)
{
    /// <summary>All plugins of the server, usable or not, by file.</summary>
    public IReadOnlyList<Plugin> List()
    {
        current.Actor.Require(Permissions.Integrate);
        return plugins.All;
    }

    /// <summary>Where the merchant's cases wait at an activity that has changed under them, those with most cases first.</summary>
    public Task<IReadOnlyList<StrandedWait>> StrandedAsync(CancellationToken cancellationToken = default)
    {
        current.Actor.Require(Permissions.Integrate);
        return waits.ListAsync(cancellationToken);
    }
}
