using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Transfers;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Incoming bank transfers, and what was found out about each.</summary>
internal static class TransfersEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<TransferShown>("/transfers", Permissions.Read, "transfers", (
            HttpRequest request, string? status, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
        {
            var wanted = Paging.Word<TransferStatus>(status, "status");
            return Listing.AnswerAsync<IncomingTransfer, TransferShown>(
                request, records, row => wanted == null || row.Status == wanted, cursor, limit, TransferShown.Of, exports.Transfers, cancellationToken);
        });
        api.MapGet("/transfers/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<IncomingTransfer>(id, cancellationToken), TransferShown.Of))
            .Needs(Permissions.Read).Produces<TransferShown>().WithTags("transfers");
        api.MapPost("/transfers/{id:guid}/match", MatchAsync)
            .Needs(Permissions.DecideTransfers).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<TransferShown>().WithTags("transfers");
    }

    private static async Task<IResult> MatchAsync(Guid id, TransferMatch match, TransferMatching matching, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<IncomingTransfer>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        await matching.DecideAsync(id, match.InvoiceId, cancellationToken);
        return Doors.Shown(await records.FindAsync<IncomingTransfer>(id, cancellationToken), TransferShown.Of);
    }
}

/// <summary>A person's decision: the transfer pays this invoice.</summary>
internal sealed record TransferMatch(Guid InvoiceId);

/// <summary>An incoming transfer as the API shows it.</summary>
internal sealed record TransferShown(
    Guid Id, long AmountMinor, string Currency, DateOnly BookedOn, string? CreditorIban, string? DebtorName, string? DebtorIban, string? Remittance, string? EndToEndId,
    TransferStatus Status, JsonElement Reasons, Guid? InvoiceId, Guid? PaymentId, DateTimeOffset ReceivedAt)
{
    public static TransferShown Of(IncomingTransfer row) => new(
        row.Id, row.Amount.AmountMinor, row.Amount.Currency, row.BookedOn, row.CreditorIban, row.DebtorName, row.DebtorIban, row.Remittance, row.EndToEndId,
        row.Status, JsonSerializer.Deserialize<JsonElement>(row.ReasonsJson), row.InvoiceId, row.PaymentId, row.ReceivedAt);
}
