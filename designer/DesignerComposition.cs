using CentralPay.Workflows.Designer.Access;
using CentralPay.Workflows.Designer.Collections;
using CentralPay.Workflows.Designer.Customers;
using CentralPay.Workflows.Designer.Exports;
using CentralPay.Workflows.Designer.Finding;
using CentralPay.Workflows.Designer.Debits;
using CentralPay.Workflows.Designer.CaseMoves;
using CentralPay.Workflows.Designer.Scenarios;
using CentralPay.Workflows.Designer.Scenarios.Comparing;
using CentralPay.Workflows.Designer.Scenarios.Drawing;
using CentralPay.Workflows.Designer.Scenarios.Importing;
using CentralPay.Workflows.Designer.Scenarios.Simulating;
using CentralPay.Workflows.Designer.Settings;
using CentralPay.Workflows.Designer.Shell;
using CentralPay.Workflows.Designer.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Radzen;

namespace CentralPay.Workflows.Designer;

/// <summary>Puts the back office into a host.</summary>
public static class DesignerComposition
{
    /// <summary>Registers pages, words and the circuit's session. The host brings authentication, records and business time.</summary>
    public static IServiceCollection AddDesigner(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization();
        services.AddRadzenComponents();
        services.AddSingleton<IStringLocalizer<Phrases>, PhraseLocalizer>();
        services.AddSingleton<IRuleWords, RuleWords>();
        services.AddScoped<MerchantSession>();
        services.AddScoped<Display>();
        services.AddScoped<Acting>();
        services.AddScoped<Confirm>();
        services.AddScoped<BrowserFiles>();
        services.AddSingleton<StepSentence>();
        services.AddSingleton<ScenarioCanvasModel>();
        services.AddSingleton<SettingWords>();
        services.AddSingleton<ChangeSentences>();
        services.AddSingleton<ImportWords>();
        services.AddSingleton<PaletteEntries>();
        services.AddSingleton<Hand>();
        services.AddTransient<Sitting>();
        services.AddScoped<ScenarioDesk>();
        services.AddScoped<MomentWords>();
        services.AddScoped<CaseActions>();
        services.AddScoped<MigrationActions>();
        services.AddScoped<DebitDesk>();
        services.AddScoped<NextStepReader>();
        services.AddScoped<WebhookDesk>();
        services.AddScoped<WorkDesk>();
        services.AddScoped<PluginDesk>();
        services.AddScoped<Finder>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture("en-IE")
                .AddSupportedCultures("en-IE", "en-GB", "en-US", "fr-FR", "en", "fr")
                .AddSupportedUICultures("en-IE", "en-GB", "en-US", "fr-FR", "en", "fr");
            options.ApplyCurrentCultureToResponseHeaders = true;
        });
        return services;
    }

    /// <summary>
    /// Maps the pages and their static files. Called after request localization, authentication, authorization and antiforgery are
    /// in the pipeline; the host maps no static assets of its own.
    /// </summary>
    public static RazorComponentsEndpointConventionBuilder MapDesigner(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapStaticAssets().AllowAnonymous();
        ExportEndpoints.Map(app);
        return app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
