using System.Text.Json;
using Microsoft.Playwright;

namespace CentralPay.Workflows.EndToEnd.Running;

/// <summary>Looks at a page as axe-core does, light and dark, wide and on a phone, and says what is wrong. Keeps pictures where it is told to.</summary>
internal sealed class Inspector(IPage page)
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(Product.Root, "tests", "EndToEnd", "live", "node_modules", "axe-core", "axe.min.js"));
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("CENTRALPAY_TEST_PICTURES");
    private static readonly (int Width, int Height) Desk = (1440, 900);
    private static readonly (int Width, int Height) Phone = (360, 780);

    public async Task<IReadOnlyList<string>> InspectAsync(string path)
    {
        await page.SetViewportSizeAsync(Desk.Width, Desk.Height);
        await page.GotoAsync(path);
        await page.Locator("h1").First.WaitForAsync();
        await page.WaitForFunctionAsync("() => !document.querySelector('main [aria-busy=true]') && !document.querySelector('main .skeleton')");
        await page.EvaluateAsync(Axe);
        return
        [
            // Colours differ by theme, what there is differs by width: axe looks at each once.
            .. await LookAsync(path, "light", Desk, axe: true),
            .. await LookAsync(path, "dark", Desk, axe: false),
            .. await LookAsync(path, "dark", Phone, axe: true),
            .. await LookAsync(path, "light", Phone, axe: false),
        ];
    }

    private async Task<List<string>> LookAsync(string path, string theme, (int Width, int Height) size, bool axe)
    {
        await page.SetViewportSizeAsync(size.Width, size.Height);
        await page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; for (const one of document.getAnimations()) one.finish(); }", theme);
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{path.Trim('/').Split('?')[0].Replace('/', '-')}-{theme}-{size.Width}.png"), FullPage = true });
        }

        var where = $"{path} ({theme}, {size.Width} px)";
        var wrong = new List<string>();
        var wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (wide > 0)
        {
            wrong.Add($"{where}: the page is {wide} px wider than the window");
        }

        if (!axe)
        {
            return wrong;
        }

        var found = await page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.filter(one => one.impact === 'serious' || one.impact === 'critical').map(one => ({ id: one.id, help: one.help, nodes: one.nodes.slice(0, 4).map(node => node.html.slice(0, 200) + ' ' + node.any.concat(node.all).map(check => check.message).join(' ')) }))");
        foreach (var violation in found.EnumerateArray())
        {
            wrong.Add($"{where}: {violation.GetProperty("id").GetString()}, {violation.GetProperty("help").GetString()}: {string.Join(" | ", violation.GetProperty("nodes").EnumerateArray().Select(node => node.GetString()))}");
        }

        return wrong;
    }
}
