using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Amounts;
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
        api.MapGet("/transfers/{id:guid}/candidates", CandidatesAsync).Needs(Permissions.Read).Produces<TransferCandidates>().WithTags("transfers");
        api.MapPost("/transfers/{id:guid}/match", MatchAsync)
            .Needs(Permissions.DecideTransfers).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<TransferShown>().WithTags("transfers");
        api.MapPost("/transfers/{id:guid}/split", SplitAsync)
            .Needs(Permissions.DecideTransfers).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<TransferShown>().WithTags("transfers");
        api.MapPost("/transfers/{id:guid}/undo", UndoAsync)
            .Needs(Permissions.DecideTransfers).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<TransferShown>().WithTags("transfers");
    }

    private static async Task<IResult> CandidatesAsync(Guid id, TransferMatching matching, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<IncomingTransfer>(id, cancellationToken) is null)
        {
            return Problem.NotFound();
        }

        var proposals = await matching.ProposalsAsync(id, cancellationToken);
        return Results.Ok(new TransferCandidates([.. proposals.Select(proposal => new TransferCandidate(
            [.. proposal.Parts.Select(part => new TransferPart(part.InvoiceId, part.Amount.AmountMinor))], proposal.Reasons, proposal.Confidence))]));
    }

    private static async Task<IResult> SplitAsync(Guid id, TransferSplit split, TransferMatching matching, IMerchantRecords records, CancellationToken cancellationToken)
    {
        if (await records.FindAsync<IncomingTransfer>(id, cancellationToken) is not { } transfer)
        {
            return Problem.NotFound();
        }

        await matching.SplitAsync(id, [.. (split.Parts ?? []).Select(part => new MatchPart(part.InvoiceId, new Money(part.AmountMinor, transfer.Amount.Currency)))], cancellationToken);
        return Doors.Shown(await records.FindAsync<IncomingTransfer>(id, cancellationToken), TransferShown.Of);
    }

    private static async Task<IResult> UndoAsync(Guid id, TransferMatching matching, IMerchantRecords records, CancellationToken cancellationToken) =>
        await records.FindAsync<IncomingTransfer>(id, cancellationToken) is null ? Problem.NotFound() : Results.Ok(TransferShown.Of(await matching.UndoAsync(id, cancellationToken)));

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

/// <summary>A person's decision: the transfer pays several invoices; the parts make it up to the cent.</summary>
internal sealed record TransferSplit(IReadOnlyList<TransferPart>? Parts);

/// <summary>A part of a transfer, in minor units of its currency, and the invoice it pays.</summary>
internal sealed record TransferPart(Guid InvoiceId, long AmountMinor);

/// <summary>What a transfer may be for, the likeliest first.</summary>
internal sealed record TransferCandidates(IReadOnlyList<TransferCandidate> Data);

/// <summary>One thing that a transfer may be for, why, and how much speaks for it (1 to 99).</summary>
internal sealed record TransferCandidate(IReadOnlyList<TransferPart> Parts, IReadOnlyList<MatchReason> Reasons, int Confidence);

/// <summary>An incoming transfer as the API shows it.</summary>
internal sealed record TransferShown(
    Guid Id, long AmountMinor, string Currency, DateOnly BookedOn, string? CreditorIban, string? DebtorName, string? DebtorIban, string? Remittance, string? EndToEndId, string? OtherReferences,
    TransferStatus Status, JsonElement Reasons, Guid? InvoiceId, Guid? CustomerId, Guid? PaymentId, string? DecidedBy, int Undone, string SourceKey, string? AlsoToldAs, DateTimeOffset ReceivedAt)
{
    public static TransferShown Of(IncomingTransfer row) => new(
        row.Id, row.Amount.AmountMinor, row.Amount.Currency, row.BookedOn, row.CreditorIban, row.DebtorName, row.DebtorIban, row.Remittance, row.EndToEndId, row.OtherReferences,
        row.Status, JsonSerializer.Deserialize<JsonElement>(row.ReasonsJson), row.InvoiceId, row.CustomerId, row.PaymentId, row.DecidedBy, row.Undone, row.SourceKey, row.AlsoToldAs, row.ReceivedAt);
}
