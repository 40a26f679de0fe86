using CentralPay.Workflows.Designer;
using CentralPay.Workflows.Server.Api;
using CentralPay.Workflows.Server.Clock;
using CentralPay.Workflows.Server.Health;
using CentralPay.Workflows.Server.Live;
using CentralPay.Workflows.Server.Payer;
using CentralPay.Workflows.Server.Problems;
using CentralPay.Workflows.Server.Security;
using CentralPay.Workflows.Server.Sms;
using CentralPay.Workflows.Server.Webhooks;

namespace CentralPay.Workflows.Server.Composition;

/// <summary>The way of a request through the server, and every door.</summary>
internal static class Pipeline
{
    public static WebApplication MapDoors(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseRequestLocalization();
        app.UseExceptionHandler(app.Environment.IsDevelopment() ? _ => { } : errors => errors.Run(context => context.Response.WriteAsync("Something went wrong on our side.", context.RequestAborted)));
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
            app.UseHttpsRedirection();
        }

        app.UseWhen(context => Identity.IsForPrograms(context.Request.Path), programs => programs.UseStatusCodePages(bare => Problem.ForStatus(bare.HttpContext.Response.StatusCode).ExecuteAsync(bare.HttpContext)));
        app.UseWhen(WantsAPage, pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<BindCaller>();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<IdempotentBody>();

        HealthEndpoints.Map(app);
        AccountEndpoints.Map(app);
        PayerEndpoints.Map(app);
        GatewayWebhooks.Map(app);
        SmsWebhooks.Map(app);
        ApiRoutes.Map(app);
        app.MapHub<CollectionsHub>("/hubs/collections");
        if (app.Environment.IsDevelopment())
        {
            ClockEndpoints.Map(app);
        }

        app.MapDesigner();
        return app;
    }

    // An address of the back office that nobody knows gets the page that says so, not the browser's own.
    private static bool WantsAPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !Identity.IsForPrograms(context.Request.Path)
        && !context.Request.Path.StartsWithSegments("/pay")
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}
