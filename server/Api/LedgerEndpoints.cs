using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>The books: the balance of each account, all entries, and those of an invoice.</summary>
internal static class LedgerEndpoints
{
    private const string Tag = "ledger";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<LedgerEntry>("/ledger/entries", Permissions.Read, Tag, async (HttpRequest request, string? cursor, int? limit, ILedger ledger, ListExports exports, CancellationToken cancellationToken) =>
        {
            var (before, size) = Paging.Read(cursor, limit);
            return Listing.IsForFile(request)
                ? Listing.File(request, exports.LedgerLines())
                : Results.Ok(Paging.Of(await ledger.PageAsync(before, size + 1, cancellationToken), size, entry => entry.Id, entry => entry));
        });
        api.MapGet("/ledger/balances", async (ILedger ledger, CancellationToken cancellationToken) => Results.Ok(new { data = await ledger.TrialBalanceAsync(cancellationToken) }))
            .Needs(Permissions.Read).WithTags(Tag);
        api.MapGet("/invoices/{id:guid}/ledger", async (Guid id, ILedger ledger, IMerchantRecords records, CancellationToken cancellationToken) =>
            await records.FindAsync<Invoice>(id, cancellationToken) is null ? Problem.NotFound() : Results.Ok(new { data = await ledger.OfInvoiceAsync(id, cancellationToken) }))
            .Needs(Permissions.Read).WithTags(Tag);
    }
}
