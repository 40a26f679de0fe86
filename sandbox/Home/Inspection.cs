using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.Debits;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Home;

/// <summary>What tests look at: requests, webhooks, and how many effects there were.</summary>
public static class Inspection
{
    public const int MostShown = 500;

    public static void MapInspection(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sandbox/requests", async (string? merchantPaymentRequestId, SandboxOptions options, IDbContextFactory<SandboxDatabase> databases) =>
        {
            await using var database = await databases.CreateDbContextAsync();
            var requests = await database.WholeRequests()
                .Where(request => merchantPaymentRequestId == null || request.MerchantPaymentRequestId == merchantPaymentRequestId)
                .OrderByDescending(request => request.Number).Take(MostShown).ToListAsync();
            return Results.Json(await database.ShowAsync(requests, options.PublicUrl), AnswerJson.Options);
        });
        routes.MapGet("/sandbox/mandates", async (string? merchantMandateId, SandboxOptions options, IDbContextFactory<SandboxDatabase> databases) =>
        {
            await using var database = await databases.CreateDbContextAsync();
            var mandates = await database.Mandates.Where(mandate => merchantMandateId == null || mandate.MerchantMandateId == merchantMandateId)
                .OrderByDescending(mandate => mandate.Number).Take(MostShown).ToListAsync();
            return Results.Json(mandates.Select(mandate => MandateAnswer.Of(mandate, options.PublicUrl)), AnswerJson.Options);
        });
        routes.MapGet("/sandbox/debits", async (string? merchantSddTransactionId, IDbContextFactory<SandboxDatabase> databases) =>
        {
            await using var database = await databases.CreateDbContextAsync();
            var debits = await database.DirectDebits.Where(debit => merchantSddTransactionId == null || debit.MerchantSddTransactionId == merchantSddTransactionId)
                .OrderByDescending(debit => debit.Number).Take(MostShown).ToListAsync();
            return Results.Json(debits.Select(SddTransactionAnswer.Of), AnswerJson.Options);
        });
        routes.MapGet("/sandbox/webhooks", async (IDbContextFactory<SandboxDatabase> databases) =>
        {
            await using var database = await databases.CreateDbContextAsync();
            var webhooks = await database.Webhooks.OrderByDescending(webhook => webhook.Number).Take(MostShown)
                .Join(database.Accounts, webhook => webhook.AccountNumber, account => account.Number, (webhook, account) => new { webhook, account.Login })
                .ToListAsync();
            return webhooks.OrderByDescending(row => row.webhook.Number).Select(row => WebhookShown.Of(row.webhook, row.Login));
        });
        routes.MapGet("/sandbox/effects", async (IDbContextFactory<SandboxDatabase> databases) =>
        {
            await using var database = await databases.CreateDbContextAsync();
            return await database.Accounts.OrderBy(account => account.Number).Select(account => new Effects(
                account.Login,
                database.PaymentRequests.Count(request => request.AccountNumber == account.Number),
                database.Transactions.Count(transaction => transaction.AccountNumber == account.Number),
                database.Transfers.Count(transfer => transfer.AccountNumber == account.Number),
                database.Refunds.Count(refund => refund.AccountNumber == account.Number),
                database.Mandates.Count(mandate => mandate.AccountNumber == account.Number),
                database.DirectDebits.Count(debit => debit.AccountNumber == account.Number),
                database.Webhooks.Count(webhook => webhook.AccountNumber == account.Number))).ToListAsync();
        });
    }
}

/// <summary>How many things an account's calls and payers brought about.</summary>
public sealed record Effects(string Login, int PaymentRequests, int Transactions, int Transfers, int Refunds, int Mandates, int DirectDebits, int Webhooks);

/// <summary>A webhook and its delivery.</summary>
public sealed record WebhookShown(
    Guid EventId, string Login, string Type, DateTimeOffset CreationDate, WebhookState State, int Attempts,
    DateTimeOffset? LastAttemptDate, DateTimeOffset? NextAttemptDate, int? LastStatus, string? LastProblem, string Body)
{
    public static WebhookShown Of(Webhook webhook, string login) => new(
        webhook.EventId, login, webhook.Type, webhook.CreationDate, webhook.State, webhook.Attempts, webhook.LastAttemptDate,
        webhook.State == WebhookState.Pending ? webhook.NextAttemptDate : null, webhook.LastStatus, webhook.LastProblem, webhook.Body);
}
