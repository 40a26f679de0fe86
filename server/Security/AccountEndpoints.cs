using CentralPay.Workflows.Storage.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace CentralPay.Workflows.Server.Security;

/// <summary>Signing in and out, and choosing a language. The forms stand on the back office's pages and carry an antiforgery token.</summary>
internal static class AccountEndpoints
{
    public const string SignInPage = "/sign-in";
    private const int LanguageDays = 365;
    private static readonly string[] Languages = ["en", "fr"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").ExcludeFromDescription();
        account.MapPost("/sign-in", SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        account.MapPost("/sign-out", SignOutAsync).AllowAnonymous();
        account.MapPost("/language", ChooseLanguageAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? email, [FromForm] string? password, [FromForm] string? returnUrl, SignInManager<Person> signIn, UserManager<Person> people, HttpContext context)
    {
        var person = string.IsNullOrWhiteSpace(email) ? null : await people.FindByNameAsync(email.Trim());
        var result = person is null ? Microsoft.AspNetCore.Identity.SignInResult.Failed : await signIn.PasswordSignInAsync(person, password ?? "", isPersistent: false, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            // Nobody learns whether an address is known; whoever is locked out learns that waiting helps.
            var why = result.IsLockedOut ? "locked" : "credentials";
            return Results.Redirect($"{SignInPage}?error={why}&email={Uri.EscapeDataString(email ?? "")}&returnUrl={Uri.EscapeDataString(Local(returnUrl))}");
        }

        if (person!.Language is { Length: > 0 } language)
        {
            SetLanguage(context, language);
        }

        return Results.LocalRedirect(Local(returnUrl));
    }

    private static async Task<IResult> SignOutAsync([FromForm] string? returnUrl, SignInManager<Person> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(returnUrl is null ? SignInPage : Local(returnUrl));
    }

    private static async Task<IResult> ChooseLanguageAsync([FromForm] string? culture, [FromForm] string? returnUrl, UserManager<Person> people, HttpContext context)
    {
        var language = culture?.Split('-')[0].ToLowerInvariant();
        if (language is null || !Languages.Contains(language))
        {
            return Results.LocalRedirect(Local(returnUrl));
        }

        SetLanguage(context, language);
        if (await people.GetUserAsync(context.User) is { } person && person.Language != language)
        {
            person.Language = language;
            await people.UpdateAsync(person);
        }

        return Results.LocalRedirect(Local(returnUrl));
    }

    private static void SetLanguage(HttpContext context, string language) => context.Response.Cookies.Append(
        CookieRequestCultureProvider.DefaultCookieName,
        CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language == "fr" ? "fr-FR" : "en-IE")),
        new CookieOptions { MaxAge = TimeSpan.FromDays(LanguageDays), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps });

    // Only a path of ours: an address of another site would lead people away after they signed in.
    private static string Local(string? url) => url is ['/', not ('/' or '\\'), ..] ? url : "/";
}
