using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CentralPay.Workflows.EndToEnd.Running;
using CentralPay.Workflows.Server.Tests.Running;
using CentralPay.Workflows.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CentralPay.Workflows.EndToEnd.Story;

/// <summary>
/// The main job with all its channels: a scenario widened by hand, invoices and a bank statement in the drop folder, SMS,
/// mandates and debits, transfers decided with one key, a third party's share signed by another person.
/// </summary>
public sealed class WholeJobInTheBrowser
{
    private const string FailsTwiceThenPays = "FR7630003000300000000000178";
    private const string ClosedAccount = "FR7630003000300000000000372";
    private const string Debited = "W-2026-0001";
    private const string NoAccount = "W-2026-0002";
    private const string FreeText = "W-2026-0003";
    private const string OneOfTwo = "W-2026-0004";
    private const string OtherOfTwo = "W-2026-0005";
    private const string Mistyped = "W-2026-0006";

    [Fact]
    public async Task Every_channel_and_every_step_brings_the_money_home()
    {
        await using var twilio = new TwilioStandIn(FreePort.Next());
        await twilio.StartAsync();
        await using var product = await Product.StartAsync(new()
        {
            ["Sms__BaseUrl"] = twilio.Address,
            ["Sms__AccountSid"] = TwilioStandIn.AccountSid,
            ["Sms__AuthToken"] = TwilioStandIn.AuthToken,
            ["Sms__From"] = TwilioStandIn.From,
        });
        await using var browser = await Browser.OpenAsync();
        var finance = await browser.SignedInAsync(product, "finance@demo.test");
        using var api = await product.SignInAsync("finance@demo.test");
        var (erp, _) = await product.IssueKeyAsync("read");
        var merchant = new Merchant(product, api, erp);

        await TheScenarioIsWidenedByHandAsync(finance);
        await TimeMachine.ToTomorrowMorningAsync(finance);
        await TheErpDropsItsInvoicesAsync(product, merchant);
        await EveryCustomerGetsOneSmsAsync(finance, twilio);
        await SignsAsync(browser, product, merchant, Debited, FailsTwiceThenPays);
        await SignsAsync(browser, product, merchant, NoAccount, ClosedAccount);
        await TheBankDropsItsStatementAsync(product, merchant);
        await AnAgentDecidesTheRestByKeysAsync(await browser.SignedInAsync(product, "agent@demo.test"), merchant);
        await TimeMachine.JumpAsync(finance, "30 days");
        await TimeMachine.JumpAsync(finance, "30 days");
        await DebitsAreTriedAgainWhereItHelpsAsync(merchant);
        await AnotherPersonSignsTheThirdPartysShareAsync(await browser.SignedInAsync(product, "approver@demo.test"), finance);
        await TheBooksBalanceAndNoCaseIsLostAsync(merchant);
    }

    private static async Task TheScenarioIsWidenedByHandAsync(IPage page)
    {
        await page.SetViewportSizeAsync(2200, 1300);
        await page.GotoAsync("/scenarios/sepa-retry");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the steps" }).ClickAsync();
        await DropOnWayAsync(page, "CentralPay.NotifyCustomer", "request|Created|collect", "Tell by SMS");
        await ChooseAsync(page, "template", "reminder.first");
        await ChooseAsync(page, "channel", "sms");
        await LeadAsync(page, "Not needed", "collect");
        await LeadAsync(page, "Not possible", "collect");

        var sale = await DropOnWayAsync(page, "Elsa.FlowDecision", "thanks|Planned|erp", "Sold for a third party?");
        await page.FillAsync("#input-condition", "invoice.kind == \"marketplace\"");
        await page.Locator("#input-condition").PressAsync("Tab");
        await DropOnWayAsync(page, "CentralPay.SplitPayout", $"{sale}|True|erp", "A tenth for the affiliate");
        await ChooseAsync(page, "beneficiary", "affilie");
        await page.FillAsync("#input-share", "10");
        await page.Locator("#input-share").PressAsync("Tab");
        foreach (var outcome in new[] { "Accrued", "Nothing to pay", "Not available" })
        {
            await LeadAsync(page, outcome, "erp");
        }

        await page.Locator($".react-flow__node[data-id='{sale}']").ClickAsync();
        await LeadAsync(page, "False", "erp");

        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 2" }).ClickAsync();
        await page.GetByLabel("Why this change?").FillAsync("SMS first, and the affiliate's share.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Publish version 2" }).ClickAsync();
        await Expect(page.GetByText("Published, version 2").First).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(1440, 900);
    }

    private static async Task TheErpDropsItsInvoicesAsync(Product product, Merchant merchant)
    {
        var today = DateOnly.FromDateTime((await merchant.NowAsync()).UtcDateTime);
        var lines = new[] { (Debited, "1 000,00", "marketplace"), (NoAccount, "80,00", "direct"), (FreeText, "310,40", "direct"), (OneOfTwo, "250,00", "direct"), (OtherOfTwo, "250,00", "direct"), (Mistyped, "499,90", "direct") }
            .Select((row, at) => string.Create(CultureInfo.InvariantCulture, $"{row.Item1};W-{at + 1};Client {at + 1};client{at + 1}@example.test;06 12 34 56 0{at + 1};{row.Item2};{today:dd'/'MM'/'yyyy};{today.AddDays(20):dd'/'MM'/'yyyy};{row.Item3};sepa-retry"));
        await DropAsync(product, "factures.csv", $"Numéro;Numéro client;Nom client;E-mail;Portable;Montant TTC;Date d'émission;Date d'échéance;Nature;Scénario\n{string.Join('\n', lines)}\n");
        await Eventually.AnswersAsync("Every invoice is asked for", () => merchant.AllAsync("/api/v1/payment-requests"), requests => requests.Count == 6);
    }

    private static async Task EveryCustomerGetsOneSmsAsync(IPage page, TwilioStandIn twilio)
    {
        await TimeMachine.JumpAsync(page, "1 day");
        Assert.Equal(["+33612345601", "+33612345602", "+33612345603", "+33612345604", "+33612345605", "+33612345606"], twilio.Taken.Select(sms => sms.To).Order());
        Assert.All(twilio.Taken, sms => Assert.Contains("/pay/", sms.Body, StringComparison.Ordinal));
    }

    private static async Task SignsAsync(Browser browser, Product product, Merchant merchant, string number, string iban)
    {
        var payer = await browser.PersonAsync(product, "fr-FR");
        var link = new Uri((await merchant.RequestOfAsync(await merchant.InvoiceAsync(number)))["link"]!.GetValue<string>()).AbsolutePath;
        await Eventually.IsSoAsync("The gateway's page for signing opens", async () =>
        {
            await payer.GotoAsync(link);
            var sign = payer.Locator("form[action$='/mandate'] button");
            if (await sign.IsVisibleAsync())
            {
                await sign.ClickAsync();
            }

            return payer.Url.StartsWith(product.SandboxAddress, StringComparison.Ordinal);
        });
        await payer.FillAsync("[name=holder]", "Marie Dupont");
        await payer.FillAsync("[name=iban]", iban);
        await payer.Locator("form button").First.ClickAsync();
        await payer.FillAsync("[name=code]", "123456");
        await payer.Locator("form button").First.ClickAsync();
        await payer.WaitForURLAsync($"**{link}**");
        await payer.Context.CloseAsync();
        await Eventually.AnswersAsync($"The debit of {number} is planned", () => DebitsAsync(merchant, number), debits => debits.Count == 1);
    }

    private static async Task TheBankDropsItsStatementAsync(Product product, Merchant merchant)
    {
        var day = DateOnly.FromDateTime((await merchant.NowAsync()).UtcDateTime);
        var entries = new[] { ("310.40", $"REGLEMENT FACTURE {FreeText} MERCI"), ("499.90", "FACT W-2026-00060"), ("250.00", $"{OneOfTwo} OU {OtherOfTwo}") }
            .Select(entry => $"<Ntry><Amt Ccy=\"EUR\">{entry.Item1}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>{day:yyyy-MM-dd}</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>{entry.Item2}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>");
        await DropAsync(product, "releve.xml", $"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Id>W-1</Id><Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>{string.Concat(entries)}</Stmt></BkToCstmrStmt></Document>");
        await PaidAsync(merchant, FreeText);
        await Eventually.AnswersAsync("The others wait for a person", () => merchant.AllAsync("/api/v1/transfers?status=to_decide"), waiting => waiting.Count == 2);
    }

    private static async Task AnAgentDecidesTheRestByKeysAsync(IPage agent, Merchant merchant)
    {
        // The largest first: a number with a digit too many is proposed. Enter takes it, U takes it back, 1 takes it again.
        await agent.GotoAsync("/transfers");
        var rows = agent.Locator(".transfer-row");
        var desk = agent.Locator(".workbench-desk");
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(agent.Locator("[data-proposal='1']")).ToContainTextAsync("number alike");
        await agent.Keyboard.PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(1);
        await PaidAsync(merchant, Mistyped);
        await agent.Keyboard.PressAsync("u");
        await Expect(desk).ToContainTextAsync("match undone");
        Assert.Equal("open", (await merchant.InvoiceAsync(Mistyped))["status"]!.GetValue<string>());
        await agent.Keyboard.PressAsync("1");
        await Expect(rows).ToHaveCountAsync(1);

        // Two invoices are named: S would split it, 2 takes the second. It was the last, and is taken back all the same.
        await Expect(desk).ToContainTextAsync($"{OneOfTwo} OU {OtherOfTwo}");
        await agent.Keyboard.PressAsync("s");
        await Expect(agent.Locator("[data-split]")).ToBeVisibleAsync();
        await agent.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await rows.First.ClickAsync();
        await agent.Keyboard.PressAsync("2");
        await Expect(rows).ToHaveCountAsync(0);
        await agent.Keyboard.PressAsync("u");
        await Expect(desk).ToContainTextAsync("match undone");
        await agent.Keyboard.PressAsync("2");
        await Expect(rows).ToHaveCountAsync(0);
        Assert.Equal(1, new[] { await merchant.InvoiceAsync(OneOfTwo), await merchant.InvoiceAsync(OtherOfTwo) }.Count(invoice => invoice["status"]!.GetValue<string>() == "paid"));
    }

    private static async Task DebitsAreTriedAgainWhereItHelpsAsync(Merchant merchant)
    {
        await PaidAsync(merchant, Debited);
        Assert.Equal([("failed", "AM04"), ("failed", "AM04"), ("settled", null)], (await DebitsAsync(merchant, Debited)).OrderBy(debit => debit["attempt"]!.GetValue<int>()).Select(Told));
        Assert.Equal([("failed", "MD01")], (await DebitsAsync(merchant, NoAccount)).Select(Told));

        static (string, string?) Told(JsonNode debit) => (debit["status"]!.GetValue<string>(), debit["reasonCode"]?.GetValue<string>());
    }

    private static async Task AnotherPersonSignsTheThirdPartysShareAsync(IPage approver, IPage finance)
    {
        await approver.GotoAsync("/payouts?which=sign");
        await Expect(approver.Locator("table.list tbody tr.link")).ToHaveCountAsync(1);
        await approver.Locator("table.list tbody tr.link a").ClickAsync();
        await Expect(approver.Locator("h1")).ToContainTextAsync("€100.00");
        await approver.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await approver.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "€100.00" }).ClickAsync();
        await TimeMachine.JumpAsync(finance, "1 day");
        Assert.Empty(await new Inspector(approver).InspectAsync(new Uri(approver.Url).AbsolutePath));
        await Expect(approver.Locator(".page-head .chip").First).ToContainTextAsync("Paid");
    }

    private static async Task TheBooksBalanceAndNoCaseIsLostAsync(Merchant merchant)
    {
        Assert.Equal(0, (await merchant.AllAsync("/api/v1/ledger/balances")).Sum(balance => balance["balanceMinor"]!.GetValue<long>()));
        var invoices = await merchant.AllAsync("/api/v1/invoices");
        Assert.Equal(4, invoices.Count(invoice => invoice["status"]!.GetValue<string>() == "paid"));
        Assert.Equal((await merchant.FiguresAsync())["outstandingMinor"]!.GetValue<long>(), invoices.Sum(invoice => invoice["openMinor"]!.GetValue<long>()));
        Assert.DoesNotContain(await merchant.AllAsync("/api/v1/cases"), each => each["subStatus"]!.GetValue<string>() == "faulted");
        Assert.Empty((await merchant.AllAsync("/api/v1/incidents")).Select(incident => incident.ToJsonString()));
    }

    /// <summary>
    /// Done when an element has stood still for half a second of frames that were drawn: the view moves to show everything, and
    /// a page that is busy may not have begun to when it is first looked at.
    /// </summary>
    private const string HasRested =
        """
        element => new Promise(rested => {
          let last = '', still = 0;
          const look = () => {
            const { x, y } = element.getBoundingClientRect();
            still = `${x} ${y}` === last ? still + 1 : 0;
            last = `${x} ${y}`;
            still < 30 ? requestAnimationFrame(look) : rested();
          };
          look();
        })
        """;

    /// <summary>Drags a step from the palette onto a connection, and names it; answers its id.</summary>
    private static async Task<string> DropOnWayAsync(IPage page, string type, string way, string title)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Show everything" }).ClickAsync();
        var label = page.Locator($".cpc-label[data-edge='{way}']");
        await label.EvaluateAsync(HasRested);
        var aim = (await label.BoundingBoxAsync())!;
        var nodes = page.Locator(".react-flow__node");
        var before = await nodes.CountAsync();
        var entry = page.Locator($"[data-activity='{type}']");
        await entry.ScrollIntoViewIfNeededAsync();
        var canvas = (await page.Locator(".react-flow__pane").BoundingBoxAsync())!;
        await entry.DragToAsync(page.Locator(".react-flow__pane"), new() { Force = true, TargetPosition = new() { X = aim.X + (aim.Width / 2) - canvas.X, Y = aim.Y + (aim.Height / 2) - canvas.Y } });
        await Expect(nodes).ToHaveCountAsync(before + 1);
        await Expect(label).ToHaveCountAsync(0);
        await Expect(page.Locator("#step-title")).ToHaveValueAsync("");
        await page.FillAsync("#step-title", title);
        await page.Locator("#step-title").PressAsync("Tab");
        var node = nodes.Filter(new() { Has = page.Locator($".cpc-title[title='{title}']") });
        return (await node.GetAttributeAsync("data-id"))!;
    }

    private static async Task ChooseAsync(IPage page, string input, string value)
    {
        await page.Locator($"#input-{input}").SelectOptionAsync(value);
        await Expect(page.Locator($"#input-{input}")).ToHaveValueAsync(value);
    }

    private static async Task LeadAsync(IPage page, string outcome, string target)
    {
        await page.Locator($"select[data-way='{outcome}']").SelectOptionAsync(target);
        await Expect(page.Locator($"select[data-way='{outcome}']")).ToHaveValueAsync(target);
    }

    /// <summary>Writes a file as programs do, under a name of its own until it is complete; its report comes to lie beside it.</summary>
    private static async Task DropAsync(Product product, string name, string content)
    {
        var place = Path.Combine(product.DropFolder, "maison-lumiere");
        await File.WriteAllTextAsync(Path.Combine(place, "in", $"{name}.part"), content, Encoding.UTF8);
        File.Move(Path.Combine(place, "in", $"{name}.part"), Path.Combine(place, "in", name));
        await Eventually.IsSoAsync($"{name} is taken", () => Task.FromResult(File.Exists(Path.Combine(place, "done", $"{name}.report.json"))));
    }

    private static async Task<IReadOnlyList<JsonNode>> DebitsAsync(Merchant merchant, string number) =>
        await merchant.AllAsync($"/api/v1/debits?invoiceId={(await merchant.InvoiceAsync(number))["id"]}");

    private static Task PaidAsync(Merchant merchant, string number) =>
        Eventually.AnswersAsync($"{number} is paid", () => merchant.InvoiceAsync(number), invoice => invoice["status"]!.GetValue<string>() == "paid");
}
