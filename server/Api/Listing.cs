using System.Linq.Expressions;
using CentralPay.Workflows.Designer.Exports;
using CentralPay.Workflows.Payments.Exports;
using CentralPay.Workflows.Payments.Records;
using Microsoft.Net.Http.Headers;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Lists answer a page as JSON, or the whole of what was asked for as a CSV file: by <c>/export.csv</c>, or to <c>Accept: text/csv</c>.</summary>
internal static class Listing
{
    private const string Export = "/export.csv";

    /// <summary>Maps a list and its export to one handler.</summary>
    public static void MapList<TShown>(this RouteGroupBuilder api, string path, string permission, string tag, Delegate list)
    {
        api.MapGet(path, list).Needs(permission).Produces<Page<TShown>>().Produces<string>(StatusCodes.Status200OK, CsvAnswer.ContentType).WithTags(tag);
        api.MapGet(path + Export, list).Needs(permission).Produces<string>(StatusCodes.Status200OK, CsvAnswer.ContentType).WithTags(tag);
    }

    /// <summary>A page of the rows that fit, or all of them as a file.</summary>
    public static async Task<IResult> AnswerAsync<TRow, TShown>(
        HttpRequest request, IMerchantRecords records, Expression<Func<TRow, bool>> where, string? cursor, int? limit, Func<TRow, TShown> show, Func<Expression<Func<TRow, bool>>, ListExport> export,
        CancellationToken cancellationToken)
        where TRow : class, IMerchantRecord =>
        IsForFile(request) ? File(request, export(where)) : Results.Ok(await records.PageAsync(where, cursor, limit, show, cancellationToken));

    /// <summary>Whether the caller wants the list as a file.</summary>
    public static bool IsForFile(HttpRequest request) =>
        request.Path.Value?.EndsWith(Export, StringComparison.Ordinal) == true
        || (MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && accepted.Any(type => type.MediaType.Equals(CsvAnswer.ContentType, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The list as a file for machines.</summary>
    public static IResult File(HttpRequest request, ListExport export)
    {
        var now = request.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return new CsvAnswer(export, ExportStyle.Invariant, CsvAnswer.NameOf(export.Name, DateOnly.FromDateTime(now.UtcDateTime)));
    }
}
