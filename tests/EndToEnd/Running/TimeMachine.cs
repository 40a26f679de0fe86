using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CentralPay.Workflows.EndToEnd.Running;

/// <summary>Business time as a person moves it on the settings page; everything due on the way happens.</summary>
internal static class TimeMachine
{
    public static async Task ToTomorrowMorningAsync(IPage page)
    {
        await page.GotoAsync("/settings/clock");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-clock-arrived]")).ToBeVisibleAsync();
    }

    /// <summary>Presses the button of a span (<c>30 days</c>).</summary>
    public static async Task JumpAsync(IPage page, string span)
    {
        await page.GotoAsync("/settings/clock");
        await page.GetByRole(AriaRole.Button, new() { Name = $"{span} ahead" }).ClickAsync();
        await Expect(page.Locator("[data-clock-arrived]")).ToBeVisibleAsync(new() { Timeout = 180_000 });
    }
}
