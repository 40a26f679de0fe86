using CentralPay.Workflows.EndToEnd.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CentralPay.Workflows.EndToEnd.Desk;

/// <summary>From an empty canvas to Soft dunning: once by mouse, once without one.</summary>
public sealed class DrawingInTheBrowser
{
    private static readonly SoftDunningDrawing Plan = new();

    [Fact]
    public async Task Soft_dunning_is_drawn_by_mouse_and_published()
    {
        await using var product = await Product.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = await browser.SignedInAsync(product, "finance@demo.test");
        await AnEmptyCanvasIsOpenedAsync(page, "Drawn by mouse");
        await TheWindowIsMadeLargeAsync(page);

        for (var at = 0; at < Plan.Steps.Count; at++)
        {
            await AStepIsDroppedAsync(page, Plan.Steps[at], at);
        }

        await TheWholeGraphIsShownAsync(page);
        foreach (var way in Plan.Ways)
        {
            await AWayIsDrawnAsync(page, way);
        }

        await WhatWasDoneIsTakenBackAndDoneAgainAsync(page);
        await AStepIsCopiedAndTheCopyTakenAwayAsync(page);
        await ItIsPublishedAsync(page);
        await AssertSavedAsync(product, "Drawn by mouse");
    }

    [Fact]
    public async Task Soft_dunning_is_drawn_by_keyboard()
    {
        await using var product = await Product.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var page = await browser.SignedInAsync(product, "finance@demo.test");
        await AnEmptyCanvasIsOpenedAsync(page, "Drawn by keyboard");
        foreach (var step in Plan.Steps)
        {
            await AStepIsTypedAsync(page, step);
        }

        foreach (var step in Plan.Steps.Where(step => Plan.Ways.Any(way => way.From == step.Id)))
        {
            await WhatComesNextIsChosenAsync(page, step);
        }

        await page.Keyboard.PressAsync("Control+s");
        await Expect(page.GetByText("Every change is saved as you make it.")).ToBeVisibleAsync();
        await AssertSavedAsync(product, "Drawn by keyboard");
    }

    private static async Task AnEmptyCanvasIsOpenedAsync(IPage page, string name)
    {
        await page.GotoAsync("/scenarios");
        await page.GetByRole(AriaRole.Button, new() { Name = "New scenario" }).ClickAsync();
        await page.FillAsync("#scenario-name", name);
        await page.GetByLabel("An empty canvas").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw it" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await Expect(page.Locator("[data-palette-search]")).ToBeVisibleAsync();
        await Expect(page.Locator(".cpc-empty")).ToBeVisibleAsync();
    }

    // Thirteen steps with room between them, so that each can be dropped and reached without moving the view.
    private static Task TheWindowIsMadeLargeAsync(IPage page) => page.SetViewportSizeAsync(2200, 1300);

    private static async Task AStepIsDroppedAsync(IPage page, PlannedStep step, int at)
    {
        var entry = page.Locator($"[data-activity='{step.Type}']");
        var canvas = page.Locator(".react-flow__pane");
        await entry.ScrollIntoViewIfNeededAsync();
        await entry.DragToAsync(canvas, new() { TargetPosition = new() { X = 130 + (at % 4 * 270), Y = 80 + (at / 4 * 220) } });
        await Expect(page.Locator(".react-flow__node")).ToHaveCountAsync(at + 1);
        await FillFormAsync(page, step);
    }

    private static async Task FillFormAsync(IPage page, PlannedStep step)
    {
        var title = page.Locator("#step-title");
        await Expect(title).ToHaveValueAsync("");
        await title.FillAsync(step.Id);
        await title.PressAsync("Tab");
        await Expect(Node(page, step.Id)).ToBeVisibleAsync();
        foreach (var (name, value) in step.Settings)
        {
            var field = page.Locator($"#input-{name}");
            if (await IsListAsync(field))
            {
                await field.SelectOptionAsync(value);
            }
            else
            {
                await field.FillAsync(Typed(value));
                await field.PressAsync("Tab");
            }

            await Expect(field).ToHaveValueAsync(await IsListAsync(field) ? value : Typed(value));
        }
    }

    private static async Task TheWholeGraphIsShownAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Show everything" }).ClickAsync();
        var canvas = (await page.Locator(".cpc").BoundingBoxAsync())!;
        var before = "";
        await Eventually.IsSoAsync("Every step is in sight and rests", async () =>
        {
            var boxes = await page.Locator(".react-flow__node").EvaluateAllAsync<double[][]>("nodes => nodes.map(node => { const box = node.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; })");
            var rests = before == (before = string.Join(';', boxes.Select(box => string.Join(',', box))));
            return rests && boxes.All(box => box[0] >= canvas.X && box[1] >= canvas.Y && box[2] <= canvas.X + canvas.Width && box[3] <= canvas.Y + canvas.Height);
        });
    }

    private static async Task AWayIsDrawnAsync(IPage page, PlannedWay way)
    {
        var ways = page.Locator(".react-flow__edge");
        var before = await ways.CountAsync();
        var port = await CentreAsync(Node(page, way.From).Locator($".react-flow__handle.source[data-handleid='{way.Outcome}']"));
        // A card is aim enough; a step that leads to itself is meant only by its own entry.
        var aim = way.From == way.To ? Node(page, way.To).Locator(".react-flow__handle.target") : Node(page, way.To);
        var card = (await aim.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(port.X, port.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(card.X + (card.Width / 2), card.Y + (card.Height / 2), new() { Steps = 6 });
        await page.Mouse.UpAsync();
        await Expect(ways).ToHaveCountAsync(before + 1);
    }

    private static async Task WhatWasDoneIsTakenBackAndDoneAgainAsync(IPage page)
    {
        var ways = page.Locator(".react-flow__edge");
        await Node(page, "start").FocusAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(ways).ToHaveCountAsync(Plan.Ways.Count - 1);
        await page.Keyboard.PressAsync("Control+z");
        await Expect(ways).ToHaveCountAsync(Plan.Ways.Count - 2);
        await page.Keyboard.PressAsync("Control+Shift+z");
        await Expect(ways).ToHaveCountAsync(Plan.Ways.Count - 1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Redo" }).ClickAsync();
        await Expect(ways).ToHaveCountAsync(Plan.Ways.Count);
    }

    private static async Task AStepIsCopiedAndTheCopyTakenAwayAsync(IPage page)
    {
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var nodes = page.Locator(".react-flow__node");
        await Node(page, "call").ClickAsync();
        await Expect(page.Locator("#step-title")).ToHaveValueAsync("call");
        await Node(page, "call").FocusAsync();
        await page.Keyboard.PressAsync("Control+c");
        await Eventually.IsSoAsync("The step is on the clipboard with its settings", async () =>
            (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Contains("\"kind\"", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Control+v");
        await Expect(nodes).ToHaveCountAsync(Plan.Steps.Count + 1);
        await Expect(page.Locator(".problem.error").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete this step" }).ClickAsync();
        await Expect(nodes).ToHaveCountAsync(Plan.Steps.Count);
    }

    private static async Task ItIsPublishedAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 1" }).ClickAsync();
        await page.GetByLabel("Why this change?").FillAsync("Drawn by hand.");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Publish version 1" }).ClickAsync();
        await Expect(page.GetByText("Published, version 1").First).ToBeVisibleAsync();
    }

    private static async Task AStepIsTypedAsync(IPage page, PlannedStep step)
    {
        await ToAsync(page, "[data-palette-search]");
        var entry = page.Locator($"[data-activity='{step.Type}']");
        await page.Keyboard.TypeAsync((await entry.InnerTextAsync()).Trim().Split('\n')[^1]);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#step-title")).ToHaveValueAsync("");
        await ToAsync(page, "#step-title");
        await page.Keyboard.TypeAsync(step.Id);
        await page.Keyboard.PressAsync("Tab");
        await Expect(Node(page, step.Id)).ToBeVisibleAsync();
        foreach (var (name, value) in step.Settings)
        {
            await ToAsync(page, $"#input-{name}");
            if (await IsListAsync(page.Locator($"#input-{name}")))
            {
                await ChooseAsync(page, $"#input-{name}", value);
            }
            else
            {
                await page.Keyboard.PressAsync("Control+a");
                await page.Keyboard.TypeAsync(Typed(value));
                await page.Keyboard.PressAsync("Tab");
                await Expect(page.Locator($"#input-{name}")).ToHaveValueAsync(Typed(value));
            }
        }
    }

    private static async Task WhatComesNextIsChosenAsync(IPage page, PlannedStep step)
    {
        var id = await Node(page, step.Id).GetAttributeAsync("data-id");
        await Node(page, step.Id).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#step-title")).ToHaveValueAsync(step.Id);
        foreach (var way in Plan.Ways.Where(way => way.From == step.Id))
        {
            var target = (await Node(page, way.To).GetAttributeAsync("data-id"))!;
            var select = $"select[data-way='{way.Outcome}']";
            if (await page.Locator(select).InputValueAsync() != target)
            {
                await ToAsync(page, select);
                await ChooseAsync(page, select, target);
                await Expect(page.Locator($".react-flow__edge[data-id='{id}|{way.Outcome}|{target}']")).ToHaveCountAsync(1);
            }
        }
    }

    // F6 goes from part to part, Tab from field to field, as a person without a mouse goes.
    private static async Task ToAsync(IPage page, string selector)
    {
        for (var tries = 0; tries < 60; tries++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
            {
                return;
            }

            var inPart = await page.EvaluateAsync<bool>("selector => document.activeElement?.closest('[data-region]')?.querySelector(selector) != null", selector);
            await page.Keyboard.PressAsync(inPart ? "Tab" : "F6");
        }

        Assert.Fail($"The keyboard does not reach {selector}.");
    }

    // The arrow keys choose in a list that has the focus; Home begins at its top.
    private static async Task ChooseAsync(IPage page, string selector, string value)
    {
        var (here, there) = (
            await page.EvalOnSelectorAsync<int>(selector, "list => list.selectedIndex"),
            await page.EvalOnSelectorAsync<int>(selector, "(list, value) => [...list.options].findIndex(option => option.value === value)", value));
        Assert.True(there >= 0, $"{selector} offers no {value}.");
        await page.Keyboard.PressAsync("Alt+ArrowDown");
        for (var step = 0; step < Math.Abs(there - here); step++)
        {
            await page.Keyboard.PressAsync(there > here ? "ArrowDown" : "ArrowUp");
        }

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(selector)).ToHaveValueAsync(value);
    }

    private static async Task AssertSavedAsync(Product product, string name)
    {
        using var finance = await product.SignInAsync("finance@demo.test");
        var known = (await Product.GetAsync(finance, "/api/v1/scenarios"))["data"]!.AsArray();
        var id = known.Single(scenario => scenario!["name"]!.GetValue<string>() == name)!["id"]!.GetValue<string>();
        Plan.AssertDrawn((await Product.GetAsync(finance, $"/api/v1/scenarios/{id}"))["definition"]!);
    }

    private static Task<bool> IsListAsync(ILocator field) => field.EvaluateAsync<bool>("field => field.tagName === 'SELECT'");

    // A length of time is typed as its number of days.
    private static string Typed(string value) => value is ['P', .. var days, 'D'] ? days : value;

    private static ILocator Node(IPage page, string title) =>
        page.Locator(".react-flow__node").Filter(new() { Has = page.Locator($".cpc-title[title='{title}']") });

    private static async Task<(float X, float Y)> CentreAsync(ILocator locator)
    {
        var box = (await locator.BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }
}
