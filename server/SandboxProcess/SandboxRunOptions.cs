namespace CentralPay.Workflows.Server.SandboxProcess;

/// <summary>The sandbox that stands in for the gateway in Development; section <c>Sandbox</c>.</summary>
public sealed class SandboxRunOptions
{
    /// <summary>Whether the server starts the sandbox as a process of its own. Refused in Production.</summary>
    public bool Run { get; set; }

    /// <summary>The sandbox's address.</summary>
    public string Url { get; set; } = "http://localhost:5090";

    /// <summary>Its SQLite file.</summary>
    public string Database { get; set; } = "data/sandbox.db";

    /// <summary>The sandbox's program; empty for the one built beside the server.</summary>
    public string Program { get; set; } = "";

    /// <summary>Where the sandbox posts its webhooks: this server, as the sandbox reaches it. Empty for the server's first address.</summary>
    public string CallbackBaseUrl { get; set; } = "";
}
