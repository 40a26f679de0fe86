using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Server.SandboxProcess;
using CentralPay.Workflows.Server.Security;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Gateway;

/// <summary>Puts the gateway's client together; in Development it speaks to the sandbox unless another address is configured.</summary>
internal static class GatewayParts
{
    private const string SandboxApi = "/v2/rest";

    public static void AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().Bind(builder.Configuration.GetSection("Gateway")).PostConfigure<IOptions<SandboxRunOptions>>((gateway, sandbox) =>
        {
            if (gateway.BaseUrl.Length == 0 && builder.Environment.IsDevelopment())
            {
                gateway.BaseUrl = sandbox.Value.Url.TrimEnd('/') + SandboxApi;
            }

            gateway.DirectDebit ??= builder.Environment.IsDevelopment();

            // Transfers are unconfirmed at the real gateway: there they must be configured.
            if (gateway.PaymentMethods.Count == 0 && builder.Environment.IsDevelopment())
            {
                gateway.PaymentMethods.Add(GatewayNames.CardMethod);
                gateway.PaymentMethods.Add(GatewayNames.TransferMethod);
            }
        }).Validate(gateway => Uri.TryCreate(gateway.BaseUrl, UriKind.Absolute, out _), "The setting Gateway:BaseUrl is missing: it is the gateway's address, https://…/v2/rest.").ValidateOnStart();
        services.AddScoped<GatewayCredentials>();
        services.AddGatewayClient<IPaymentGateway, CentralPayGateway>();
        services.AddGatewayClient<IDebitGateway, CentralPayDebits>();
        services.AddGatewayClient<IPayoutGateway, CentralPayPayouts>();
        services.AddSingleton(PayoutRulesOf(builder));
    }

    private static PayoutRules PayoutRulesOf(WebApplicationBuilder builder)
    {
        var rules = builder.Configuration.GetSection("Payouts").Get<PayoutRules>() ?? new PayoutRules();
        rules.GatewayEnabled = builder.Configuration.GetValue("Payouts:GatewayEnabled", builder.Environment.IsDevelopment());
        return rules.CoolingOffHours >= 0 ? rules : throw new RefusedToStartException("The setting Payouts:CoolingOffHours is below zero: it is a number of hours, 0 or more.");
    }

    private static void AddGatewayClient<TPort, TClient>(this IServiceCollection services)
        where TPort : class
        where TClient : class, TPort =>
        services.AddHttpClient<TPort, TClient>((provider, client) =>
        {
            var gateway = provider.GetRequiredService<IOptions<GatewayOptions>>().Value;
            client.BaseAddress = new Uri(gateway.BaseUrl.TrimEnd('/') + "/");
            client.Timeout = TimeSpan.FromSeconds(gateway.TimeoutSeconds);
        }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
}
