using CentralPay.Workflows.Server.Demo;
using CentralPay.Workflows.Server.SandboxProcess;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Composition;

/// <summary>What a newcomer reads on the console.</summary>
internal static class Greeting
{
    public static void Print(WebApplication app, SandboxRunOptions sandbox)
    {
        if (!app.Environment.IsDevelopment())
        {
            return;
        }

        List<string> lines = ["", "  CentralPay Workflows", $"  {string.Join(", ", app.Urls)}", ""];
        if (sandbox.Run)
        {
            lines.Add($"  Sandbox (stands in for the gateway and the bank)  {sandbox.Url}");
            lines.Add("");
        }

        if (app.Services.GetRequiredService<IOptions<DemoOptions>>().Value.Seed)
        {
            lines.Add($"  Sign in with the password {DemoMerchants.Password}");
            lines.AddRange(DemoMerchants.All.SelectMany(merchant => merchant.People.Select(person => $"    {person.Email,-20} {person.Role,-16} {merchant.Name}")));
            lines.Add("");
        }

        Console.WriteLine(string.Join(Environment.NewLine, lines));
    }
}
