using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
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

    [Fact]
    public async Task A_card_number_never_reaches_the_log_however_much_is_logged()
    {
        using var folder = new TemporaryFolder();
        var address = RunningSandbox.FreeAddress();
        using var process = Process.Start(new ProcessStartInfo("dotnet",
        [
            typeof(SandboxHost).Assembly.Location, "--environment", "Development", "--Urls", address, "--Sandbox:PublicUrl", address,
            "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft", "Trace", "--Logging:LogLevel:Microsoft.EntityFrameworkCore", "Trace",
            "--Logging:LogLevel:Microsoft.AspNetCore", "Trace", "--Sandbox:Accounts:0:Login", "atelier", "--Sandbox:Accounts:0:Password", "atelier-password",
        ])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder.Path,
        })!;
        try
        {
            var log = new StringBuilder();
            while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Application started", StringComparison.Ordinal)) log.AppendLine(line);
            var rest = process.StandardOutput.ReadToEndAsync();
            using var http = new HttpClient { BaseAddress = new Uri(address) };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("atelier:atelier-password"u8));
            var request = await RunningSandbox.JsonAsync(await http.PostAsync("/v2/rest/paymentRequest", new FormUrlEncodedContent(RunningSandbox.Form())));
            var paid = await http.PostAsync(RunningSandbox.Text(request["breakdowns"]![0]!, "endpoint"), new FormUrlEncodedContent(
                [new("number", "4556557955726624"), new("expiry", "12/49"), new("cvc", "907"), new("holder", "Marie")]));
            Assert.Contains("Thank you", await paid.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            process.Kill();
            log.Append(await rest);
            Assert.Contains("/pay/", log.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("4556557955726624", log.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
