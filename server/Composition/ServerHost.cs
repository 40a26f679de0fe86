using CentralPay.Workflows.Server.Security;
using CentralPay.Workflows.Storage.Databases;
using CentralPay.Workflows.Storage.Sqlite;
using Microsoft.AspNetCore.Connections;

namespace CentralPay.Workflows.Server.Composition;

/// <summary>The server from its arguments to its end.</summary>
internal static class ServerHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = await BuildAsync(new WebApplicationOptions { Args = args });
            await app.RunAsync();
            return 0;
        }
        catch (Exception refusal) when (refusal is RefusedToStartException or DatabaseInUseException or DatabaseTooNewException || IsTakenAddress(refusal))
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    private static bool IsTakenAddress(Exception failure) => failure is IOException { InnerException: AddressInUseException };

    /// <summary>A server ready to start: its parts checked, its schema made, its demo there. Throws <see cref="RefusedToStartException"/> for settings that must not be.</summary>
    public static async Task<WebApplication> BuildAsync(WebApplicationOptions options, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(options).AddParts();
        replace?.Invoke(builder.Services);
        var app = builder.Build();
        await app.PrepareAsync();
        return app.MapDoors();
    }
}
