using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CentralPay.Workflows.EndToEnd.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CentralPay.Workflows.EndToEnd.Story;

/// <summary>Where every euro stands, seen in French: figures that lead to their lists, a customer's whole story as it goes on, lists as files, and nothing that keeps anybody out.</summary>
public sealed partial class SeeingItAll
{
    private const string Number = "F-2026-0003";

    [Fact]
    public async Task A_finance_manager_sees_it_all_and_so_does_everybody_else()
    {
        await using var product = await Product.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = await browser.SignedInAsync(product, "finance@demo.test", "fr-FR");
        using var api = await product.SignInAsync("finance@demo.test");
        var (erp, _) = await product.IssueKeyAsync("read", "invoices.import", "tasks.work");
        var merchant = new Merchant(product, api, erp);
        await merchant.ImportAsync(await File.ReadAllBytesAsync(Merchant.SampleInvoices), "invoices.csv");
        var invoice = await merchant.InvoiceAsync(Number);
        var customer = invoice["customerId"]!.GetValue<string>();

        try
        {
            await EachFigureOpensItsListAsync(page);
            await TheCustomersStoryGoesOnByItselfAsync(page, product, merchant, customer, invoice["id"]!.GetValue<string>());
            await TheListIsAFileAsync(page);
            await NothingKeepsAnybodyOutAsync(page, customer, invoice["id"]!.GetValue<string>());
            var payPage = new Uri((await merchant.RequestOfAsync(await merchant.InvoiceAsync("F-2026-0004")))["link"]!.GetValue<string>()).AbsolutePath;
            await AssertOpenToAllAsync(await browser.PersonAsync(product, "fr-FR"), ["/sign-in", payPage]);
        }
        catch (PlaywrightException broke)
        {
            // A page that broke says only a reference: the server's last lines say why.
            Assert.Fail($"{broke.Message}\n{product.Output}");
        }
    }

    private static async Task EachFigureOpensItsListAsync(IPage page)
    {
        foreach (var (figure, list) in new[] { ("outstanding", "/collections?status=open"), ("overdue", "/collections?status=overdue"), ("dso", "/customers"), ("collected", "/payments?day="), ("identified", "/transfers") })
        {
            await page.GotoAsync("/");
            await Expect(page.Locator($"[data-figure={figure}] .spark rect")).ToHaveCountAsync(7);
            await page.Locator($"[data-figure={figure}]").ClickAsync();
            await page.WaitForURLAsync(new Regex(Regex.Escape(list)));
            await Expect(page.Locator("h1")).ToBeVisibleAsync();
        }
    }

    private static async Task TheCustomersStoryGoesOnByItselfAsync(IPage page, Product product, Merchant merchant, string customer, string invoice)
    {
        await page.GotoAsync($"/collections/{invoice}");
        await page.Locator("a.customer").First.ClickAsync();
        await page.WaitForURLAsync($"**/customers/{customer}");
        await Expect(page.Locator("[data-timeline]")).ToContainTextAsync(Number);
        await Expect(page.Locator("[data-next-steps]")).ToContainTextAsync(Number);
        var owed = await page.Locator("[data-customer-open]").InnerTextAsync();
        var request = await merchant.RequestOfAsync(await merchant.InvoiceAsync(Number));
        var iban = await Eventually.AnswersAsync("The virtual IBAN is there", async () => (await merchant.RequestOfAsync(await merchant.InvoiceAsync(Number)))["virtualIban"]?.GetValue<string>(), known => known is not null);

        await merchant.TransferAsync(iban!, request["amountMinor"]!.GetValue<long>(), "Un payeur");

        await Expect(page.Locator("[data-timeline]")).ToContainTextAsync("par virement");
        await Expect(page.Locator("[data-customer-open]")).Not.ToHaveTextAsync(owed);
        await page.Locator("[data-timeline] nav").GetByText("Paiements", new() { Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**?kind=payments");
        await Expect(page.Locator("[data-timeline]")).Not.ToContainTextAsync("relance");
        var told = await Product.GetAsync(merchant.Erp, $"/api/v1/customers/{customer}/timeline?kind=payments");
        Assert.Contains(told["data"]!.AsArray(), one => one!["name"]!.GetValue<string>() == "payment.received");
    }

    private static async Task TheListIsAFileAsync(IPage page)
    {
        await page.GotoAsync("/collections?status=overdue&sort=due");
        await Expect(page.Locator("table.list tbody tr").First).ToBeVisibleAsync();
        var shown = int.Parse(Digits().Replace((await page.Locator(".list-end .meta").InnerTextAsync()).Split("sur")[1], ""), CultureInfo.InvariantCulture);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-export=invoices]").ClickAsync());
        var lines = (await File.ReadAllTextAsync(await download.PathAsync(), Encoding.UTF8)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith("factures-", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.StartsWith("Numéro de facture;Numéro de client;", lines[0], StringComparison.Ordinal);
        Assert.Equal(shown, lines.Length - 1);
        var due = lines.Skip(1).Select(line => DateOnly.ParseExact(line.Split(';')[4], "dd/MM/yyyy", CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(due.Order(), due);
    }

    private static async Task NothingKeepsAnybodyOutAsync(IPage page, string customer, string invoice)
    {
        await page.GotoAsync("/settings");
        await Expect(page.Locator(".settings-nav a").First).ToBeVisibleAsync();
        var places = await page.Locator(".nav-list a, .settings-nav a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        var first = new List<string>();
        foreach (var (list, inside) in new[] { ("/scenarios", "a.scenario-card"), ("/cases", "table.list td a"), ("/messages", "table.list td a[href^='/messages/']"), ("/messages/templates", "table.list td a") })
        {
            await page.GotoAsync(list);
            first.Add((await page.Locator(inside).First.GetAttributeAsync("href"))!);
        }

        await AssertOpenToAllAsync(page, places.Concat(first).Concat(["/cases", "/statements", "/incidents", "/payouts/beneficiaries", "/messages/templates", $"/customers/{customer}", $"/collections/{invoice}", "/nowhere"]));
    }

    private static async Task AssertOpenToAllAsync(IPage page, IEnumerable<string> paths)
    {
        var inspector = new Inspector(page);
        var wrong = new List<string>();
        foreach (var path in paths.Distinct())
        {
            wrong.AddRange(await inspector.InspectAsync(path));
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [GeneratedRegex(@"\D")]
    private static partial Regex Digits();
}
