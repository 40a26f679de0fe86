using CentralPay.Workflows.Server.Composition;

return await ServerHost.RunAsync(args);

/// <summary>The server: API, live feed, payer pages, back office, and the workers behind them.</summary>
public partial class Program;
