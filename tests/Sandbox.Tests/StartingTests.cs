using System.Diagnostics;
using System.Net;
using CentralPay.Workflows.Sandbox.Tests.Running;

namespace CentralPay.Workflows.Sandbox.Tests;

public sealed class StartingTests
{
    [Fact]
    public async Task The_sandbox_refuses_to_start_in_production_and_says_why()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(SandboxHost).Assembly.Location, "--environment", "Production"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var message = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("does not run in the Production environment", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_of_the_configuration_is_there_from_the_start()
    {
        await using var sandbox = await RunningSandbox.StartAsync(
            "--Sandbox:Accounts:0:Login", "configured", "--Sandbox:Accounts:0:Password", "configured-password",
            "--Sandbox:Accounts:0:PointOfSaleId", "0198f6d2-0000-7000-8000-000000000001");
        var request = await RunningSandbox.JsonAsync(await sandbox.PostAsync("paymentRequest", RunningSandbox.Form(), login: "configured"));
        Assert.Equal("0198f6d2-0000-7000-8000-000000000001", RunningSandbox.Text(request, "pointOfSaleId"));
    }

    [Fact]
    public async Task A_wrong_account_in_the_configuration_stops_the_start_naming_the_field()
    {
        var refusal = await Assert.ThrowsAsync<SandboxRefusedToStartException>(() => RunningSandbox.StartAsync("--Sandbox:Accounts:0:Login", "configured"));
        Assert.Contains("password", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_reach_the_sandboxs_own_doors()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new FormUrlEncodedContent([]) };
        message.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await sandbox.Http.SendAsync(message)).StatusCode);
    }
}
