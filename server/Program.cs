using CentralPay.Workflows.Server.Composition;
using CentralPay.Workflows.Server.Security;

try
{
    var app = WebApplication.CreateBuilder(args).AddParts().Build();
    await app.PrepareAsync();
    app.MapDoors();
    await app.RunAsync();
    return 0;
}
catch (RefusedToStartException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}

/// <summary>The server: API, live feed, payer pages, back office, and the workers behind them.</summary>
public partial class Program;
