using System.Text;
using System.Text.Json.Nodes;
using CentralPay.Workflows.EndToEnd.Running;
using CentralPay.Workflows.EndToEnd.Story;
using CentralPay.Workflows.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CentralPay.Workflows.EndToEnd.Desk;

/// <summary>What people decide by hand: promises, disputes, tasks, problems, callbacks sent again, keys withdrawn. Each is clicked on the real server.</summary>
public sealed class BackOfficeInTheBrowser
{
    private const string Invoices = """
        Invoice number;Customer number;Customer name;E-mail;Amount;Issue date;Due date;Scenario
        DESK-1;C-1;Chez Zoé;zoe@example.test;120,00;01/09/2026;05/09/2026;
        DESK-2;C-2;Atelier Sud;sud@example.test;80,00;01/09/2026;05/09/2026;
        DESK-3;C-2;Atelier Sud;sud@example.test;90,00;01/09/2026;05/09/2026;
        STUCK-1;C-3;Halles du Port;port@example.test;60,00;01/09/2026;05/09/2026;always-stops
        STUCK-2;C-4;Halles du Parc;parc@example.test;70,00;01/09/2026;05/09/2026;always-stops
        """;

    [Fact]
    public async Task People_decide_what_the_scenarios_leave_to_them()
    {
        await using var product = await Product.StartAsync();
        await using var browser = await Browser.OpenAsync();
        using var finance = await product.SignInAsync("finance@demo.test");
        var (erp, _) = await product.IssueKeyAsync("read", "invoices.import");
        var merchant = new Merchant(product, finance, erp);
        await AScenarioThatStopsIsPublishedAsync(finance);
        Assert.Equal(5, (await merchant.ImportAsync(Encoding.UTF8.GetBytes(Invoices), "desk.csv"))["accepted"]!.GetValue<int>());

        var agent = await browser.SignedInAsync(product, "agent@demo.test");
        await AnythingIsFoundByItsNameAsync(agent);
        await APromiseAndADisputeHoldRemindersBackAsync(agent, merchant);
        await ACasesPageFollowsWhatIsAskedOfItAsync(agent);
        await ProblemsAreDecidedByCauseAndOneByOneAsync(agent, merchant);
        await merchant.PassAsync(30);
        await ATaskIsTakenAndDoneAsync(agent, merchant);
        await AnAdministratorWithdrawsAKeyAndSendsACallbackAgainAsync(browser, product, merchant, erp);
    }

    private static async Task AScenarioThatStopsIsPublishedAsync(HttpClient finance)
    {
        var definition = (await Product.GetAsync(finance, "/api/v1/scenarios/soft-dunning"))["definition"]!.DeepClone();
        definition["definitionId"] = "always-stops";
        definition["name"] = "Always stops";
        definition["variables"] = new JsonArray(new JsonObject { ["id"] = "rate", ["name"] = "rate", ["typeName"] = "Decimal", ["value"] = "1.5" });
        definition["root"]!["activities"] = new JsonArray(
            new JsonObject { ["id"] = "start", ["type"] = "CentralPay.InvoiceImported", ["version"] = 1, ["customProperties"] = new JsonObject { ["canStartWorkflow"] = true } },
            new JsonObject
            {
                ["id"] = "stop",
                ["type"] = "Elsa.Fault",
                ["version"] = 1,
                ["message"] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "The contract is missing." } },
            });
        definition["root"]!["connections"] = new JsonArray(new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = "start", ["port"] = "Done" },
            ["target"] = new JsonObject { ["activity"] = "stop", ["port"] = "In" },
        });
        var saved = await finance.PutAsync("/api/v1/scenarios/always-stops/draft", System.Net.Http.Json.JsonContent.Create(new { revision = 0, definition }));
        var text = await saved.Content.ReadAsStringAsync();
        Assert.True(saved.IsSuccessStatusCode, text);
        await Product.PostAsync(finance, "/api/v1/scenarios/always-stops/publish", new { revision = JsonNode.Parse(text)!["revision"]!.GetValue<long>(), note = "Test" });
    }

    private static async Task AnythingIsFoundByItsNameAsync(IPage page)
    {
        await Expect(page.Locator("[data-figure=outstanding]")).ToBeVisibleAsync();
        await FindAsync(page, "zoé", "Chez Zoé");
        await Expect(page.GetByText("DESK-1").First).ToBeVisibleAsync();
        await FindAsync(page, "taches", "Tasks", found: false);
        await FindAsync(page, "desk-1", "DESK-1");
        await Expect(page.Locator("h1")).ToContainTextAsync("DESK-1");
    }

    private static async Task FindAsync(IPage page, string text, string wanted, bool found = true)
    {
        await page.Keyboard.PressAsync("Control+k");
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Customer, invoice, scenario or page" });
        await field.FillAsync(text);
        if (found)
        {
            await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync(wanted);
            await field.PressAsync("Enter");
        }
        else
        {
            await Expect(page.GetByText($"Nothing is called “{text}”")).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Escape");
        }

        await Expect(field).ToBeHiddenAsync();
    }

    private static async Task APromiseAndADisputeHoldRemindersBackAsync(IPage page, Merchant merchant)
    {
        await Button(page, "Note a promise to pay").ClickAsync();
        await InDialog(page, "Note the promise").ClickAsync();
        await Expect(page.GetByText("Promise noted.")).ToBeVisibleAsync();
        Assert.NotNull((await merchant.InvoiceAsync("DESK-1"))["promisedUntil"]);
        await Button(page, "Withdraw the promise").ClickAsync();
        await Expect(Button(page, "Note a promise to pay")).ToBeVisibleAsync();

        await Button(page, "Mark as disputed").ClickAsync();
        await InDialog(page, "Mark as disputed").ClickAsync();
        await Expect(Button(page, "Settle the dispute")).ToBeVisibleAsync();
        Assert.True((await merchant.InvoiceAsync("DESK-1"))["disputed"]!.GetValue<bool>());
        await Button(page, "Settle the dispute").ClickAsync();
        await InDialog(page, "Settle the dispute").ClickAsync();
        await Expect(Button(page, "Mark as disputed")).ToBeVisibleAsync();
    }

    private static async Task ACasesPageFollowsWhatIsAskedOfItAsync(IPage page)
    {
        await page.GotoAsync("/cases");
        await page.GetByRole(AriaRole.Link, new() { Name = "DESK-3", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Case of invoice DESK-3");
        await Button(page, "Pause this case").ClickAsync();
        await Button(page, "Let it go on").ClickAsync();
        await Expect(Button(page, "Pause this case")).ToBeVisibleAsync();

        await Button(page, "Cancel this case").ClickAsync();
        await InDialog(page, "Keep this case").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Button(page, "Cancel this case").ClickAsync();
        await InDialog(page, "Cancel this case").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Expect(page.Locator("[data-case-state]")).ToContainTextAsync("Cancelled on");
        await Expect(Button(page, "Cancel this case")).ToBeHiddenAsync();
    }

    private static async Task AValueIsCorrectedAsync(IPage page)
    {
        await page.GotoAsync("/incidents");
        await page.GetByRole(AriaRole.Link, new() { Name = "Case of invoice STUCK-1" }).ClickAsync();
        var row = page.Locator("tr").Filter(new() { HasText = "rate" });
        await Expect(row).ToContainTextAsync("1.5");
        await Button(page, "Change rate").ClickAsync();
        await page.FillAsync("#value", "2,5");
        await page.FillAsync("#reason", "The contract says so.");
        await InDialog(page, "Change the value").ClickAsync();
        await Expect(page.GetByText("This is not a number.")).ToBeVisibleAsync();
        await page.FillAsync("#value", "2.5");
        await InDialog(page, "Change the value").ClickAsync();
        await Expect(row).ToContainTextAsync("2.5");
    }

    private static async Task ProblemsAreDecidedByCauseAndOneByOneAsync(IPage page, Merchant merchant)
    {
        await Eventually.AnswersAsync("Both cases stopped", merchant.FiguresAsync, figures => figures["openIncidents"]!.GetValue<int>() == 2);
        await page.GotoAsync("/");
        await page.Locator("[aria-labelledby=needs]").GetByText("The contract is missing.").First.ClickAsync();
        var before = await IdsAsync(merchant);
        await Button(page, "Try all 2 again").ClickAsync();
        await InDialog(page, "Try all 2 again").ClickAsync();
        await Expect(page.GetByText("2 problems are decided.")).ToBeVisibleAsync();
        await Eventually.IsSoAsync("Both stopped again, as they are drawn", async () => (await IdsAsync(merchant)) is { Count: 2 } now && !now.Overlaps(before));

        await AValueIsCorrectedAsync(page);
        for (var left = 2; left > 0; left--)
        {
            await page.GotoAsync("/incidents");
            await Expect(page.Locator("[data-incident]")).ToHaveCountAsync(left);
            await Button(page, "Skip the step").First.ClickAsync();
            await InDialog(page, "Skip the step").ClickAsync();
            await Expect(page.GetByText("The step is skipped, the case goes on.").First).ToBeVisibleAsync();
            await Eventually.AnswersAsync("One less", merchant.FiguresAsync, figures => figures["openIncidents"]!.GetValue<int>() == left - 1);
        }

        await Eventually.AnswersAsync("Both cases ended", () => merchant.AllAsync("/api/v1/cases?scenario=always-stops&status=finished"), cases => cases.Count == 2);
    }

    private static async Task<HashSet<string>> IdsAsync(Merchant merchant) =>
        [.. (await merchant.AllAsync("/api/v1/incidents")).Select(incident => incident["id"]!.GetValue<string>())];

    private static async Task ATaskIsTakenAndDoneAsync(IPage page, Merchant merchant)
    {
        await page.GotoAsync("/tasks");
        var task = page.Locator("[data-task]").Filter(new() { HasText = "DESK-1" });
        await task.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Expect(task).ToContainTextAsync("with Alex Martin");
        await task.GetByText("Done…").ClickAsync();
        await task.GetByRole(AriaRole.Button, new() { Name = "Customer reached" }).ClickAsync();
        await Expect(task).ToBeHiddenAsync();
        Assert.Contains(await merchant.AllAsync("/api/v1/tasks?status=done"), done => done["outcome"]!.GetValue<string>() == "reached" && done["completedBy"]!.GetValue<string>() == "Alex Martin");
    }

    private static async Task AnAdministratorWithdrawsAKeyAndSendsACallbackAgainAsync(Browser browser, Product product, Merchant merchant, HttpClient erp)
    {
        var page = await browser.SignedInAsync(product, "admin@demo.test");
        var port = FreePort.Next();
        await page.GotoAsync("/settings/webhooks");
        await Button(page, "Add an address").First.ClickAsync();
        await page.FillAsync("#hook-name", "ERP");
        await page.FillAsync("#hook-url", $"http://127.0.0.1:{port}/erp/");
        await InDialog(page, "Add an address").ClickAsync();
        using var receiver = new ErpReceiver(port, (await page.Locator("[data-secret]").InnerTextAsync()).Trim());
        receiver.ComeUp();
        var invoice = await merchant.InvoiceAsync("DESK-2");
        await merchant.TransferAsync((await merchant.RequestOfAsync(invoice))["virtualIban"]!.GetValue<string>(), 80_00, "ATELIER SUD");
        await Eventually.IsSoAsync("The ERP was told", () => Task.FromResult(receiver.Callbacks.Count == 1));
        await Button(page, "Refresh").ClickAsync();
        await page.Locator("details.delivery").First.ClickAsync();
        await Button(page, "Send again").First.ClickAsync();
        await Eventually.IsSoAsync("The ERP was told again, under the same id", () => Task.FromResult(receiver.Callbacks.Select(callback => callback.Id).ToArray() is [var first, var second] && first == second));

        await page.GotoAsync("/settings/keys");
        await Button(page, "Revoke").First.ClickAsync();
        await InDialog(page, "Revoke").ClickAsync();
        await Expect(page.GetByText("Key revoked.")).ToBeVisibleAsync();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await erp.GetAsync("/api/v1/invoices")).StatusCode);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator InDialog(IPage page, string name) => page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
