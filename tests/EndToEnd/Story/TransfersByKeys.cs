using CentralPay.Workflows.EndToEnd.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CentralPay.Workflows.EndToEnd.Story;

/// <summary>An agent drops a bank statement: nearly all of it clears by itself, the rest is decided and undone with one key each.</summary>
public sealed class TransfersByKeys
{
    private static readonly string SampleStatement = Path.Combine(Product.Root, "samples", "statement.camt053.xml");

    [Fact]
    public async Task An_agent_drops_a_statement_and_decides_the_rest_with_one_key()
    {
        await using var product = await Product.StartAsync();
        await using var browser = await Browser.OpenAsync();
        using var finance = await product.SignInAsync("finance@demo.test");
        var (erp, _) = await product.IssueKeyAsync("read", "invoices.import");
        var merchant = new Merchant(product, finance, erp);
        await merchant.ImportAsync(await File.ReadAllBytesAsync(Merchant.SampleInvoices), "invoices.csv");
        var agent = await browser.SignedInAsync(product, "agent@demo.test");

        await agent.GotoAsync("/statements");
        await Browser.ChooseFileAsync(agent, SampleStatement);
        await agent.GetByRole(AriaRole.Button, new() { Name = "Take in 9 transfers" }).ClickAsync();
        await Expect(agent.Locator("[data-statement-result]")).ToContainTextAsync("€15,320.45");
        await Eventually.IsSoAsync("All transfers looked for their invoices", async () =>
            (await merchant.AllAsync("/api/v1/transfers")).All(transfer => transfer["status"]!.GetValue<string>() is "matched" or "to_decide"));
        Assert.Equal(6, (await merchant.AllAsync("/api/v1/transfers?status=matched")).Count);

        // The largest first: a number with a digit too many is proposed. Enter takes it, U takes it back, Enter takes it again.
        await agent.GetByRole(AriaRole.Link, new() { Name = "See the transfers" }).ClickAsync();
        var rows = agent.Locator(".transfer-row");
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(agent.Locator(".workbench-desk")).ToContainTextAsync("F-2026-01002");
        await Expect(agent.Locator("[data-proposal='1']")).ToContainTextAsync("number alike");
        await agent.Keyboard.PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(2);
        Assert.Equal("paid", (await merchant.InvoiceAsync("F-2026-0102"))["status"]!.GetValue<string>());
        await agent.Keyboard.PressAsync("u");
        await Expect(rows).ToHaveCountAsync(3);
        Assert.Equal("open", (await merchant.InvoiceAsync("F-2026-0102"))["status"]!.GetValue<string>());
        await Expect(agent.Locator(".workbench-desk")).ToContainTextAsync("match undone");
        await agent.Keyboard.PressAsync("1");
        await Expect(rows).ToHaveCountAsync(2);

        // Two invoices are named: the second proposal by its number.
        await agent.Keyboard.PressAsync("ArrowDown");
        await Expect(agent.Locator(".workbench-desk")).ToContainTextAsync("F-2026-0018 OU F-2026-0019");
        await agent.Keyboard.PressAsync("s");
        await Expect(agent.Locator("[data-split]")).ToBeVisibleAsync();
        await agent.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await agent.Locator("[data-proposal='2']").ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        Assert.Equal(0, (await merchant.AllAsync("/api/v1/ledger/balances")).Sum(balance => balance["balanceMinor"]!.GetValue<long>()));
    }
}
