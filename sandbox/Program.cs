using CentralPay.Workflows.Sandbox;

return await SandboxHost.RunAsync(args);

/// <summary>The sandbox: stands in for CentralPay's gateway and the payer's bank, over HTTP only.</summary>
public partial class Program;
