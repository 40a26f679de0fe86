using CentralPay.Workflows.Payments.Effects;
using CentralPay.Workflows.Payments.Messages;
using Microsoft.Extensions.Options;

namespace CentralPay.Workflows.Server.Sms;

/// <summary>Registers SMS.</summary>
internal static class SmsParts
{
    public static IServiceCollection AddSms(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SmsOptions>().Bind(configuration.GetSection("Sms"))
            .Validate(sms => sms.IsComplete, "The settings Sms:AuthToken and Sms:MessagingServiceSid (or Sms:From) are needed with Sms:AccountSid.").ValidateOnStart();
        services.AddSingleton<SmsAddresses>();
        services.AddSingleton<IMessageChannels, ConnectedChannels>();
        services.AddScoped<IEffectHandler, SmsHandler>();
        services.AddScoped<SmsWebhooks>();
        services.AddHttpClient<TwilioSms>((provider, client) => client.Timeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<SmsOptions>>().Value.TimeoutSeconds));
        services.AddTransient<ISmsTransport>(provider =>
            provider.GetRequiredService<IOptions<SmsOptions>>().Value is { HasAccount: false, PickupDirectory: { Length: > 0 } folder } ? new PickupSms(folder) : provider.GetRequiredService<TwilioSms>());
        return services;
    }

    private sealed class ConnectedChannels(IOptions<SmsOptions> sms) : IMessageChannels
    {
        public bool IsOpen(MessageChannel channel) => channel == MessageChannel.Email || sms.Value.IsOpen;
    }
}
