using CentralPay.Workflows.Server.Problems;
using CentralPay.Workflows.Storage;
using CentralPay.Workflows.Storage.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace CentralPay.Workflows.Server.Security;

/// <summary>People sign in with a cookie, machines with a key; whatever says nothing else needs one of them.</summary>
internal static class Identity
{
    private const string CookieOrKey = "CookieOrKey";
    private const string CookieName = "centralpay.sign-in";
    private const int FewestPasswordCharacters = 10;
    private const int MostFailures = 5;
    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan SignedInFor = TimeSpan.FromHours(12);

    public static IServiceCollection AddIdentityOfPeopleAndMachines(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddIdentityCore<Person>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.Password.RequiredLength = FewestPasswordCharacters;
            options.Password.RequireNonAlphanumeric = false;
            options.Lockout.MaxFailedAccessAttempts = MostFailures;
            options.Lockout.DefaultLockoutTimeSpan = LockedFor;
        }).AddRoles<IdentityRole<Guid>>().AddPersonStores().AddSignInManager().AddDefaultTokenProviders().AddClaimsPrincipalFactory<PersonClaims>();
        services.Configure<SecurityStampValidatorOptions>(options => options.TimeProvider = TimeProvider.System);

        services.AddAuthentication(CookieOrKey)
            .AddPolicyScheme(CookieOrKey, null, options => options.ForwardDefaultSelector = SchemeFor)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Name, options => options.TimeProvider = TimeProvider.System)
            .AddIdentityCookies();
        services.ConfigureApplicationCookie(options =>
        {
            // Sign-ins run on system time, whatever the time machine does to business time.
            options.TimeProvider = TimeProvider.System;
            options.Cookie.Name = CookieName;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            options.ExpireTimeSpan = SignedInFor;
            options.LoginPath = AccountEndpoints.SignInPage;
            options.ReturnUrlParameter = "returnUrl";
            options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized, "unauthenticated");
            options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden, "forbidden");
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>Whether an address is for programs, which want a status and no sign-in page.</summary>
    public static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/hubs") || path.StartsWithSegments("/dev") || path.StartsWithSegments("/openapi");

    private static string SchemeFor(HttpContext context) =>
        ApiKeyAuthentication.SecretIn(context.Request) is not null || (IsForPrograms(context.Request.Path) && !context.Request.Cookies.ContainsKey(CookieName))
            ? ApiKeyAuthentication.Name
            : IdentityConstants.ApplicationScheme;

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status, string name)
    {
        if (!IsForPrograms(context.Request.Path))
        {
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        }

        return Problem.Of(status, name).ExecuteAsync(context.HttpContext);
    }
}
