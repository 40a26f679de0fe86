using System.Globalization;
using System.Net;
using System.Security.Claims;
using CentralPay.Workflows.Designer.Access;
using CentralPay.Workflows.Designer.Shell;
using CentralPay.Workflows.Designer.Words;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Records;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using Radzen;

namespace CentralPay.Workflows.Designer.Tests;

/// <summary>A part of a page as a reader of a language sees it, before anything is clicked.</summary>
internal static class Rendered
{
    public static async Task<string> AsAsync<TPart>(string language, Dictionary<string, object?> parameters)
        where TPart : IComponent
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            await using var services = Services();
            await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
            return WebUtility.HtmlDecode(await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPart>(ParameterView.FromDictionary(parameters))).ToHtmlString()));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    /// <summary>How dates and amounts are written, with nobody signed in.</summary>
    public static Display Display() => new(new MerchantSession(new Nobody(), new NoScopes()), TimeProvider.System, new PhraseLocalizer());

    private static ServiceProvider Services() => new ServiceCollection()
        .AddSingleton<AuthenticationStateProvider, Nobody>().AddSingleton<IMerchantScopes, NoScopes>().AddSingleton<MerchantSession>()
        .AddSingleton<IStringLocalizer<Phrases>, PhraseLocalizer>().AddSingleton<IRuleWords, RuleWords>().AddSingleton(TimeProvider.System).AddSingleton<Display>()
        .AddSingleton<NotificationService>().AddSingleton<Acting>().AddSingleton<NavigationManager, Nowhere>().AddSingleton<IJSRuntime, NoScript>().AddSingleton<DialogService>().AddSingleton<Confirm>()
        .BuildServiceProvider();

    private sealed class Nobody : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal()));
    }

    private sealed class NoScopes : IMerchantScopes
    {
        public IMerchantScope Open(Guid merchantId, Actor actor) => throw new InvalidOperationException("Nothing is read here.");
    }

    private sealed class Nowhere : NavigationManager
    {
        public Nowhere() => Initialize("http://localhost/", "http://localhost/");
    }

    private sealed class NoScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => throw new InvalidOperationException("No script runs here.");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => throw new InvalidOperationException("No script runs here.");
    }
}
