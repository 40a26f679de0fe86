using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Records;
using CentralPay.Workflows.Payments.Statements;
using Microsoft.AspNetCore.Mvc;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Bank statements: files in camt.053, with what each brought. The same code path as the page and the drop folder.</summary>
internal static class StatementsEndpoints
{
    private const string Tag = "statements";
    private const string UnnamedFile = "statement.xml";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapList<StatementShown>("/statements", Permissions.Read, Tag, (
            HttpRequest request, string? cursor, int? limit, IMerchantRecords records, ListExports exports, CancellationToken cancellationToken) =>
            Listing.AnswerAsync<StatementImport, StatementShown>(request, records, row => true, cursor, limit, StatementShown.Of, exports.Statements, cancellationToken));
        api.MapGet("/statements/{id:guid}", async (Guid id, IMerchantRecords records, CancellationToken cancellationToken) =>
            Doors.Shown(await records.FindAsync<StatementImport>(id, cancellationToken), StatementShown.Of))
            .Needs(Permissions.Read).Produces<StatementShown>().WithTags(Tag);
        api.MapPost("/statements", TakeAsync)
            .Needs(Permissions.ImportStatements).WithMetadata(new RequestSizeLimitAttribute(UploadedFile.MaxRequestBytes))
            .AddEndpointFilter(IdempotentPost.FilterAsync).Accepts<string>("application/xml", "text/xml", "multipart/form-data").Produces<StatementShown>().WithTags(Tag);
    }

    private static async Task<IResult> TakeAsync(HttpRequest request, StatementImports imports, CancellationToken cancellationToken)
    {
        var (content, fileName) = await UploadedFile.ReadAsync(request, UnnamedFile, cancellationToken);
        return Results.Ok(StatementShown.Of(await imports.RunAsync(content, fileName, null, cancellationToken)));
    }
}

/// <summary>A file of bank statements as the API shows it.</summary>
internal sealed record StatementShown(
    Guid Id, string FileName, ImportStatus Status, int Entries, int Handled, int Added, int Known, int Debits, int Reversals,
    IReadOnlyList<StatementLine> Statements, string BroughtBy, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt)
{
    public static StatementShown Of(StatementImport row) => new(
        row.Id, row.FileName, row.Status, row.Entries, row.Handled, row.Added, row.Known, row.Debits, row.Reversals,
        [.. StatementImports.StatementsOf(row).Select(StatementLine.Of)], row.BroughtBy, row.StartedAt, row.CompletedAt);
}

/// <summary>One statement of a file; balances in minor units of their currency.</summary>
internal sealed record StatementLine(string Account, string Number, DateOnly? From, DateOnly? To, long? OpeningMinor, long? ClosingMinor, string? Currency, int Credits, int Debits, bool FollowsGap)
{
    public static StatementLine Of(StatementSummary row) => new(
        row.Account, row.Number, row.From, row.To, row.Opening?.AmountMinor, row.Closing?.AmountMinor, (row.Opening ?? row.Closing)?.Currency, row.Credits, row.Debits, row.FollowsGap);
}
