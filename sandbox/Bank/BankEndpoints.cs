using CentralPay.Workflows.Sandbox.Api;
using CentralPay.Workflows.Sandbox.PaymentRequests;
using CentralPay.Workflows.Sandbox.Storage;
using CentralPay.Workflows.Sandbox.Time;
using CentralPay.Workflows.Sandbox.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace CentralPay.Workflows.Sandbox.Bank;

/// <summary>The payer's bank, and the transfers as the API shows them.</summary>
public static class BankEndpoints
{
    public static void MapTransfers(this RouteGroupBuilder api, ApiDoor door) =>
        api.MapGet(UnconfirmedNames.SctTransactionPath, door.Read(async call => ApiAnswer.Ok(SctTransactionAnswer.Of(
            await call.Database.Transfers.SingleOrDefaultAsync(t => t.SctTransactionId == call.Id && t.AccountNumber == call.Account.Number)
            ?? throw ApiRefusalException.NotFound(UnconfirmedNames.SctTransactionId)))));

    public static void MapBank(this IEndpointRouteBuilder routes) => routes.MapPost("/sandbox/bank/transfers",
        async (TransferOrder order, Writer writer, Settlement settlement, Events events, EventNames names, BusinessClock clock, IDbContextFactory<SandboxDatabase> databases) =>
        {
            if (order.Problem() is { } problem) return Results.Problem(problem, statusCode: 400, title: "The transfer was not made");
            var booked = await writer.WriteAsync(database => IncomingTransfer.BookAsync(database, settlement, events, names, order, clock.GetUtcNow()));
            return booked is null ? await UnknownIbanAsync(order, databases) : Results.Json(SctTransactionAnswer.Of(booked), AnswerJson.Options, statusCode: 201);
        });

    private static async Task<IResult> UnknownIbanAsync(TransferOrder order, IDbContextFactory<SandboxDatabase> databases)
    {
        var number = VirtualIban.AccountOf(VirtualIban.Normalise(order.Iban)!);
        await using var database = await databases.CreateDbContextAsync();
        var login = await database.Accounts.Where(a => a.Number == number).Select(a => a.Login).SingleOrDefaultAsync();
        return Results.Problem(
            login is null ? "iban: belongs to no account of this bank." : $"iban: the account '{login}' has no payment request with this IBAN.",
            statusCode: 404, title: "Unknown IBAN");
    }
}
