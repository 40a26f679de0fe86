namespace CentralPay.Workflows.Sandbox.Tests.Running;

/// <summary>A test with a fresh sandbox and the open account "atelier".</summary>
public abstract class SandboxTest : IAsyncLifetime
{
    protected RunningSandbox Sandbox { get; private set; } = null!;

    protected virtual string[] Settings => [];

    public virtual async Task InitializeAsync() => Sandbox = await RunningSandbox.StartAsync(Settings);

    public virtual async Task DisposeAsync() => await Sandbox.DisposeAsync();
}
