using System.Text.Json;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Records;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Imports: files of invoices, with their progress and result.</summary>
internal static class ImportsEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<ImportShown>("/imports", Permissions.Read, "imports", (
            HttpRequest request, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
            Listing.AnswerAsync<InvoiceImport, ImportShown>(request, records, row => true, cursor, limit, ImportShown.Of, exports.Imports, cancellationToken));
        api.MapGet("/imports/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<InvoiceImport>(id, cancellationToken), ImportShown.Of))
            .Needs(Permissions.Read).Produces<ImportShown>().WithTags("imports");
    }
}

/// <summary>An import as the API shows it.</summary>
internal sealed record ImportShown(
    Guid Id, string FileName, ImportStatus Status, int Rows, int Handled, int Accepted, int Corrected, int Unchanged, int Rejected,
    JsonElement Rejects, JsonElement Corrections, string BroughtBy, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt)
{
    public static ImportShown Of(InvoiceImport row) => new(
        row.Id, row.FileName, row.Status, row.Rows, row.Handled, row.Accepted, row.Corrected, row.Unchanged, row.Rejected,
        JsonSerializer.Deserialize<JsonElement>(row.RejectsJson), JsonSerializer.Deserialize<JsonElement>(row.CorrectionsJson), row.BroughtBy, row.StartedAt, row.CompletedAt);
}
