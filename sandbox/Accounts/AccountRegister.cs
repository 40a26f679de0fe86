using CentralPay.Workflows.Sandbox.Storage;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Accounts;

/// <summary>Opening and changing accounts.</summary>
public static class AccountRegister
{
    public static void MapAccounts(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/sandbox/accounts/{login}", async (string login, AccountSettings settings, Writer writer) =>
        {
            var named = settings with { Login = login };
            if (named.Problem() is { } problem) return Results.Problem(problem, statusCode: 400, title: "The account was not changed");
            var account = await writer.WriteAsync(database => UpsertAsync(database, named));
            return Results.Ok(new AccountOpened(account.Login, account.PointOfSaleId, account.MerchantName, account.WebhookUrl));
        });

    /// <summary>Opens the account, or changes it; an account keeps its point of sale unless another one is given.</summary>
    public static async Task<Account> UpsertAsync(SandboxDatabase database, AccountSettings settings)
    {
        var account = await database.Accounts.SingleOrDefaultAsync(a => a.Login == settings.Login);
        if (account is null)
        {
            account = new Account
            {
                Login = settings.Login!,
                PasswordHash = [],
                PointOfSaleId = settings.PointOfSaleId ?? Guid.CreateVersion7(),
                MerchantName = settings.Login!,
            };
            database.Add(account);
        }
        account.PasswordHash = Account.Hash(settings.Password!);
        account.PointOfSaleId = settings.PointOfSaleId ?? account.PointOfSaleId;
        account.MerchantName = settings.MerchantName ?? account.MerchantName;
        account.WebhookUrl = string.IsNullOrEmpty(settings.WebhookUrl) ? null : settings.WebhookUrl;
        account.WebhookSecret = settings.WebhookSecret;
        return account;
    }
}

/// <summary>The account as it now stands, without its secrets.</summary>
public sealed record AccountOpened(string Login, Guid PointOfSaleId, string MerchantName, string? WebhookUrl);
