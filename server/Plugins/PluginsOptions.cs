namespace CentralPay.Workflows.Server.Plugins;

/// <summary>Where integrators put libraries of activities of their own.</summary>
internal sealed class PluginsOptions
{
    public const string Section = "Plugins";

    /// <summary>The folder that is looked through at start; it need not exist. Whoever may write there runs code as the server.</summary>
    public string Folder { get; set; } = "data/plugins";
}
