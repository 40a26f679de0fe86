using CentralPay.Workflows.Payments.Debits;
using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Gateway;
using CentralPay.Workflows.Server.Gateway;
using CentralPay.Workflows.Server.Mail;
using CentralPay.Workflows.Server.Sms;
using CentralPay.Workflows.Server.Webhooks;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Outbox;

/// <summary>Registers who does which kind of effect.</summary>
internal static class OutboxHandlers
{
    private static readonly TimeSpan WebhookTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddOutboxHandlers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IEffectHandler, EmailHandler>();
        services.AddScoped<IEffectHandler, CreateGatewayRequest>();
        services.AddScoped<IEffectHandler, CancelGatewayRequest>();
        services.AddScoped<IEffectHandler, ReadGatewayRequest>();
        services.AddScoped<IEffectHandler, ReadGatewayTransfer>();
        services.AddScoped<IEffectHandler, CreateGatewayPayout>();
        services.AddScoped<IEffectHandler, ReadGatewayPayout>();
        services.AddDebitHandlers();
        services.AddScoped<IEffectHandler, WebhookHandler>();
        services.AddSms(configuration);
        services.AddOptions<MailOptions>().Bind(configuration.GetSection("Mail"))
            .Validate(mail => mail.PickupDirectory.Length > 0 || mail.Host.Length > 0, "The setting Mail:Host is missing: it is the SMTP server (or set Mail:PickupDirectory to write files).").ValidateOnStart();
        services.AddSingleton<IMailTransport>(provider =>
        {
            var mail = provider.GetRequiredService<IOptions<MailOptions>>();
            return mail.Value.PickupDirectory.Length > 0 ? new PickupTransport(mail.Value.PickupDirectory) : new SmtpTransport(mail);
        });
        services.AddHttpClient<WebhookPost>(client => client.Timeout = WebhookTimeout).ConfigurePrimaryHttpMessageHandler(provider =>
        {
            var anyAddress = provider.GetRequiredService<IHostEnvironment>().IsDevelopment();
            return new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                ConnectTimeout = ConnectTimeout,
                ConnectCallback = (context, cancellationToken) => TargetAddresses.ConnectAsync(context, anyAddress, cancellationToken),
            };
        });
        return services;
    }

    private static void AddDebitHandlers(this IServiceCollection services)
    {
        foreach (var kind in (string[])[EffectKinds.CreateGatewayMandate, EffectKinds.CancelGatewayMandate, EffectKinds.ReadGatewayMandate])
        {
            services.AddScoped<IEffectHandler>(scope => new MandateEffect(kind, scope.GetRequiredService<IDebitGateway>(), _ => scope.GetRequiredService<MandateSync>()));
        }

        foreach (var kind in (string[])[EffectKinds.CreateGatewayDebit, EffectKinds.CancelGatewayDebit, EffectKinds.ReadGatewayDebit])
        {
            services.AddScoped<IEffectHandler>(scope => new DebitEffect(
                kind, scope.GetRequiredService<IDebitGateway>(), scope.GetRequiredService<TimeProvider>(), _ => scope.GetRequiredService<DebitSync>()));
        }
    }
}
