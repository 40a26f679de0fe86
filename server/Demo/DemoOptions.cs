namespace CentralPay.Workflows.Server.Demo;

/// <summary>The demo merchants; section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>Whether the demo merchants and people are created where missing. Refused outside Development.</summary>
    public bool Seed { get; set; }
}
