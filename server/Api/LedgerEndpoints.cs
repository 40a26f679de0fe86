using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Invoices;
using CentralPay.Workflows.Payments.Ledger;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>The books: the balance of each account, and the entries of an invoice.</summary>
internal static class LedgerEndpoints
{
    private const string Tag = "ledger";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/ledger/balances", async (ILedger ledger, CancellationToken cancellationToken) => Results.Ok(new { data = await ledger.TrialBalanceAsync(cancellationToken) }))
            .Needs(Permissions.Read).WithTags(Tag);
        api.MapGet("/invoices/{id:guid}/ledger", async (Guid id, ILedger ledger, IMerchantRecords records, CancellationToken cancellationToken) =>
            await records.FindAsync<Invoice>(id, cancellationToken) is null ? Problem.NotFound() : Results.Ok(new { data = await ledger.OfInvoiceAsync(id, cancellationToken) }))
            .Needs(Permissions.Read).WithTags(Tag);
    }
}
