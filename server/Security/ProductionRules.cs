namespace CentralPay.Workflows.Server.Security;

/// <summary>What must never run in Production: pretended money, demo people, a movable clock.</summary>
internal static class ProductionRules
{
    private static readonly string[] DevelopmentOnly = ["Sandbox:Run", "Demo:Seed", "TimeMachine:Enabled"];

    /// <summary>Throws, naming the setting, when something of Development is configured outside it.</summary>
    public static void Check(IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            return;
        }

        foreach (var setting in DevelopmentOnly.Where(setting => configuration.GetValue<bool>(setting)))
        {
            throw new RefusedToStartException($"The setting {setting} is true, but the environment is {environment.EnvironmentName}: it is for Development only. Set {setting} to false, or remove it.");
        }

        if (environment.IsProduction() && string.IsNullOrWhiteSpace(configuration["Payer:PublicUrl"]))
        {
            throw new RefusedToStartException("The setting Payer:PublicUrl is missing: it is the public address (https://…) that payers' links begin with.");
        }
    }
}

/// <summary>The server does not start; the message says which setting is to be changed.</summary>
public sealed class RefusedToStartException(string message) : Exception(message);
