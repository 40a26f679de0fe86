using System.Text.RegularExpressions;
using CentralPay.Workflows.EndToEnd.Running;
using CentralPay.Workflows.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CentralPay.Workflows.EndToEnd.Story;

/// <summary>The main job as people live it: a finance manager, a second one who watches, payers, and an ERP that was down.</summary>
public sealed class StoryInTheBrowser
{
    private const string ByCard = "F-2026-0001";
    private const string ByTransfer = "F-2026-0003";
    private const string InHalves = "F-2026-0004";
    private const string Twice = "F-2026-0005";

    [Fact]
    public async Task A_finance_manager_sees_invoices_become_money()
    {
        await using var product = await Product.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var finance = await browser.SignedInAsync(product, "finance@demo.test");
        using var api = await product.SignInAsync("finance@demo.test");
        var (erp, secret) = await product.IssueKeyAsync("read", "integrate", "invoices.import");
        using var live = await LiveClient.ConnectAsync(product.Address, secret);
        var merchant = new Merchant(product, api, erp);

        await TheScenarioIsSeenChangedAndPublishedAsync(finance);
        using var receiver = await TheErpsAddressIsAddedAsync(product, browser);
        await TimeMachine.ToTomorrowMorningAsync(finance);
        await TheFileIsImportedAsync(finance);
        await TheFirstRemindersGoOutAsync(finance, product, merchant);

        var watcher = await browser.SignedInAsync(product, "agent@demo.test", "fr-FR");
        await Expect(Figure(watcher, "outstanding")).Not.ToBeEmptyAsync();
        await APayerPaysByCardAsync(browser, product, merchant, ByCard);
        await TheLivePageMovesByItselfAsync(watcher, live);
        await TheOthersPayInTheirWayAsync(browser, product, merchant);
        await TheInvoicesPageTellsItsStoryAsync(finance, merchant);

        receiver.ComeUp();
        await TimeMachine.JumpAsync(finance, "30 days");
        await TimeMachine.JumpAsync(finance, "30 days");
        Assert.Equal([ByCard, ByTransfer, InHalves, Twice], receiver.Callbacks.Select(callback => callback.InvoiceNumber).Order());
        Assert.All(receiver.Callbacks, callback => Assert.True(callback.Signed));
        await NobodyWhoPaidWasRemindedAgainAsync(product, merchant);
        await AnAgentFindsTheTasksAsync(watcher);
        Assert.Equal(0, (await merchant.AllAsync("/api/v1/ledger/balances")).Sum(balance => balance["balanceMinor"]!.GetValue<long>()));
    }

    private static async Task TheScenarioIsSeenChangedAndPublishedAsync(IPage page)
    {
        await page.GotoAsync("/scenarios");
        await page.GetByRole(AriaRole.Link, new() { Name = "Soft dunning" }).First.ClickAsync();
        var step = page.Locator(".react-flow__node[data-id=wait-second]");
        await Expect(step).ToBeVisibleAsync();
        await step.ClickAsync();
        var days = page.Locator(".duration input");
        await Eventually.IsSoAsync("The step's form opens", async () =>
        {
            // A click while the graph still settles may meet the canvas instead of the step; Enter on the step opens it too.
            if (!await days.IsVisibleAsync())
            {
                await step.PressAsync("Enter");
            }

            return await days.IsVisibleAsync();
        });
        await Expect(days).ToHaveValueAsync("7");
        await days.FillAsync("6");
        await days.PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 2" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText("Wait for payment (2 of 3): time limit 7 days → 6 days")).ToBeVisibleAsync();
        await page.GetByLabel("Why this change?").FillAsync("The second reminder gets a day less.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Publish version 2" }).ClickAsync();
        await Expect(page.GetByText("Published, version 2").First).ToBeVisibleAsync();
    }

    private static async Task<ErpReceiver> TheErpsAddressIsAddedAsync(Product product, Browser browser)
    {
        var administrator = await browser.SignedInAsync(product, "admin@demo.test");
        var port = FreePort.Next();
        await administrator.GotoAsync("/settings/webhooks");
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Add an address" }).First.ClickAsync();
        await administrator.FillAsync("#hook-name", "ERP");
        await administrator.FillAsync("#hook-url", $"http://127.0.0.1:{port}/erp/");
        await administrator.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add an address" }).ClickAsync();
        var secret = await administrator.Locator("[data-secret]").InnerTextAsync();
        await administrator.Context.CloseAsync();
        return new ErpReceiver(port, secret.Trim());
    }

    private static async Task TheFileIsImportedAsync(IPage page)
    {
        await page.GotoAsync("/imports");
        await Browser.ChooseFileAsync(page, Merchant.SampleInvoices);
        await Expect(page.Locator("[data-rejects] tbody tr")).ToHaveCountAsync(6);
        await Expect(page.Locator("[data-rejects]")).ToContainTextAsync("-120,50");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 300 invoices" }).ClickAsync();
        await Expect(page.Locator("[data-import-result]")).ToContainTextAsync("300");
    }

    private static async Task TheFirstRemindersGoOutAsync(IPage page, Product product, Merchant merchant)
    {
        await Eventually.AnswersAsync("Every invoice is asked for", () => merchant.AllAsync("/api/v1/cases?status=running"), cases =>
            cases.Count(waiting => waiting["waitingStep"]?.GetValue<string>() == "wait-first") == 300);
        await TimeMachine.JumpAsync(page, "1 day");
        var customers = (await merchant.AllAsync("/api/v1/customers")).Count;
        await Eventually.AnswersAsync("Every customer is told once", () => merchant.AllAsync("/api/v1/messages?status=sent"), sent => sent.Count == customers);
        Assert.Equal(300, customers + (await merchant.AllAsync("/api/v1/messages?status=covered")).Count);
        Assert.Equal(customers, product.Mails.Mails().Select(mail => mail.MessageId).Distinct().Count());
        await page.GotoAsync("/messages");
        await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("First reminder");
    }

    private static async Task APayerPaysByCardAsync(Browser browser, Product product, Merchant merchant, string number)
    {
        var payer = await browser.PersonAsync(product, "fr-FR");
        await payer.GotoAsync(new Uri((await merchant.RequestOfAsync(await merchant.InvoiceAsync(number)))["link"]!.GetValue<string>()).AbsolutePath);
        await payer.Locator("form[action$='/card'] button").ClickAsync();
        await payer.FillAsync("[name=number]", "4556 5579 5572 6624");
        await payer.FillAsync("[name=expiry]", "12/39");
        await payer.FillAsync("[name=cvc]", "123");
        await payer.FillAsync("[name=holder]", "Marie Dupont");
        await payer.Locator("form button").First.ClickAsync();
        // Back on the payment page, which looks again every three seconds until the gateway has answered.
        await Expect(payer).ToHaveURLAsync(new Regex(@"/pay/[A-Za-z0-9_-]{22}(\?lang=\w\w)?$"), new() { Timeout = 60_000 });
        await payer.Context.CloseAsync();
        await Eventually.AnswersAsync($"{number} is paid", () => merchant.InvoiceAsync(number), invoice => invoice["status"]!.GetValue<string>() == "paid");
    }

    private static async Task TheLivePageMovesByItselfAsync(IPage watcher, LiveClient live)
    {
        await Expect(Figure(watcher, "collected")).ToContainTextAsync(new Regex("4\\s?220,16"));
        await Eventually.IsSoAsync("The live client saw the same", () => Task.FromResult(live.Figures.GetProperty("collectedTodayMinor").GetInt64() == 4_220_16));
    }

    private static async Task TheOthersPayInTheirWayAsync(Browser browser, Product product, Merchant merchant)
    {
        await PaysByTransferAsync(merchant, ByTransfer, amount => amount);
        await PaidAsync(merchant, ByTransfer);
        await PaysByTransferAsync(merchant, InHalves, amount => amount / 2);
        await Eventually.AnswersAsync("Half is paid", () => merchant.InvoiceAsync(InHalves), invoice => invoice["status"]!.GetValue<string>() == "partly_paid");
        await APayerPaysByCardAsync(browser, product, merchant, InHalves);
        await APayerPaysByCardAsync(browser, product, merchant, Twice);
        await PaysByTransferAsync(merchant, Twice, amount => amount);
        await Eventually.AnswersAsync("The second payment is a credit", merchant.FiguresAsync, figures => figures["customerCreditMinor"]!.GetValue<long>() > 0);
    }

    private static async Task TheInvoicesPageTellsItsStoryAsync(IPage page, Merchant merchant)
    {
        var invoice = await merchant.InvoiceAsync(ByTransfer);
        await page.GotoAsync($"/collections/{invoice["id"]}");
        await Expect(page.Locator("h1")).ToContainTextAsync(ByTransfer);
        await Expect(page.GetByText("Paid", new() { Exact = true }).First).ToBeVisibleAsync();
        await Expect(page.Locator(".react-flow__node[data-id=erp]")).ToContainTextAsync("Waiting here");
    }

    private static async Task NobodyWhoPaidWasRemindedAgainAsync(Product product, Merchant merchant)
    {
        var sent = await merchant.AllAsync("/api/v1/messages?status=sent");
        var told = sent.Concat(await merchant.AllAsync("/api/v1/messages?status=covered"));
        var second = told.Where(message => message["template"]!.GetValue<string>() == "reminder.second").Select(message => message["invoiceId"]!.GetValue<string>()).ToArray();
        Assert.Equal(296, second.Length);
        foreach (var number in new[] { ByCard, ByTransfer, InHalves, Twice })
        {
            Assert.DoesNotContain((await merchant.InvoiceAsync(number))["id"]!.GetValue<string>(), second);
        }

        Assert.Equal(sent.Count, product.Mails.Mails().Select(mail => mail.MessageId).Distinct().Count());
    }

    private static async Task AnAgentFindsTheTasksAsync(IPage agent)
    {
        await agent.GotoAsync("/tasks");
        await Expect(agent.Locator("[data-task]").First).ToBeVisibleAsync();
    }

    private static async Task PaysByTransferAsync(Merchant merchant, string number, Func<long, long> share)
    {
        var invoice = await merchant.InvoiceAsync(number);
        var request = await merchant.RequestOfAsync(invoice);
        await merchant.TransferAsync(request["virtualIban"]!.GetValue<string>(), share(invoice["amountMinor"]!.GetValue<long>()), "CLIENT");
    }

    private static Task PaidAsync(Merchant merchant, string number) =>
        Eventually.AnswersAsync($"{number} is paid", () => merchant.InvoiceAsync(number), invoice => invoice["status"]!.GetValue<string>() == "paid");

    private static ILocator Figure(IPage page, string name) => page.Locator($"[data-figure={name}] .figure-value");
}
