using CentralPay.Workflows.Payments.Imports;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Takes a file of invoices: as <c>text/csv</c>, or the first file of a form. The same code path as the Import page.</summary>
internal static class InvoiceUpload
{
    private const string UnnamedFile = "invoices.csv";

    public static async Task<IResult> TakeAsync(HttpRequest request, InvoiceImports imports, CancellationToken cancellationToken)
    {
        var (content, fileName) = await UploadedFile.ReadAsync(request, UnnamedFile, cancellationToken);
        return Results.Ok(ImportShown.Of(await imports.RunAsync(content, fileName, null, cancellationToken)));
    }
}
