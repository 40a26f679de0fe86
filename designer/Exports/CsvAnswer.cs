using System.Globalization;
using CentralPay.Workflows.Payments.Exports;
using Microsoft.AspNetCore.Http;

namespace CentralPay.Workflows.Designer.Exports;

/// <summary>A list as the file that answers a request: streamed, named, for a machine or for a reader.</summary>
/// <param name="Export">The list.</param>
/// <param name="Style">How it is written.</param>
/// <param name="FileName">What the file is called, with its ending.</param>
public sealed record CsvAnswer(ListExport Export, ExportStyle Style, string FileName) : IResult
{
    /// <summary>What a caller asks for in <c>Accept</c>, and is answered.</summary>
    public const string ContentType = "text/csv";

    /// <summary>A list called after itself and a day: <c>invoices-2026-11-25.csv</c>.</summary>
    public static string NameOf(string list, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{list}-{day:yyyy-MM-dd}.csv");

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var answer = httpContext.Response;
        answer.ContentType = $"{ContentType}; charset=utf-8; header=present";
        answer.Headers.ContentDisposition = new System.Net.Mime.ContentDisposition { FileName = FileName }.ToString();
        answer.Headers.CacheControl = "no-store";
        await Export.WriteAsync(answer.Body, Style, httpContext.RequestAborted);
    }
}
