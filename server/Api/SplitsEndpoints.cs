using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Payouts;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Splits: third parties' shares in paid invoices, and what was taken back.</summary>
internal static class SplitsEndpoints
{
    private const string Tag = "splits";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<SplitShown>("/splits", Permissions.Read, Tag, (
            HttpRequest request, Guid? beneficiaryId, Guid? invoiceId, Guid? payoutId, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
            Listing.AnswerAsync<Split, SplitShown>(
                request, records,
                row => (beneficiaryId == null || row.BeneficiaryId == beneficiaryId) && (invoiceId == null || row.InvoiceId == invoiceId) && (payoutId == null || row.PayoutId == payoutId),
                cursor, limit, SplitShown.Of, exports.Splits, cancellationToken));
        api.MapGet("/splits/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<Split>(id, cancellationToken), SplitShown.Of))
            .Needs(Permissions.Read).Produces<SplitShown>().WithTags(Tag);
        api.MapPost("/splits", BookAsync)
            .Needs(Permissions.ProposePayouts).AddEndpointFilter(IdempotentPost.FilterAsync).Produces<SplitShown>(StatusCodes.Status201Created).WithTags(Tag);
    }

    private static async Task<IResult> BookAsync(SplitAsked ask, HttpContext context, SplitBook book, IMerchantRecords records, CancellationToken cancellationToken)
    {
        var key = context.Request.Headers[IdempotentPost.HeaderName].ToString() is { Length: > 0 } given ? given : Guid.CreateVersion7().ToString("N");
        var split = await book.BookAsync(
            new NewSplit
            {
                Key = $"api/{key}",
                Beneficiary = ask.Beneficiary ?? "",
                InvoiceId = ask.InvoiceId,
                Terms = new ShareTerms(ask.FixedMinor is null ? ask.BasisPoints ?? 0 : 0, ask.FixedMinor, ask.Rounding ?? ShareRounding.ToMerchant),
            },
            cancellationToken);
        await records.CommitAsync(cancellationToken);
        return split is null ? Results.Ok(new { booked = false }) : Results.Created($"/api/v1/splits/{split.Id}", SplitShown.Of(split));
    }
}

/// <summary>A share to book: of whom, in which invoice, how much (basis points, or a fixed sum in minor units).</summary>
internal sealed record SplitAsked(string? Beneficiary, Guid InvoiceId, int? BasisPoints, long? FixedMinor, ShareRounding? Rounding);

/// <summary>A split as the API shows it.</summary>
internal sealed record SplitShown(
    Guid Id, Guid BeneficiaryId, Guid InvoiceId, SplitKind Kind, long BasisMinor, int BasisPoints, long? FixedMinor, ShareRounding Rounding, long AmountMinor, string Currency,
    DateTimeOffset AvailableAt, DateTimeOffset BookedAt, Guid? PayoutId, Guid? CaseId)
{
    public static SplitShown Of(Split row) => new(
        row.Id, row.BeneficiaryId, row.InvoiceId, row.Kind, row.Basis.AmountMinor, row.BasisPoints, row.FixedMinor, row.Rounding, row.Amount.AmountMinor, row.Amount.Currency,
        row.AvailableAt, row.BookedAt, row.PayoutId, row.CaseId);
}
