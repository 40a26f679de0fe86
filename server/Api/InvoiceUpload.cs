using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Server.Problems;

namespace CentralPay.Workflows.Server.Api;

/// <summary>Takes a file of invoices: as <c>text/csv</c>, or the first file of a form. The same code path as the Import page.</summary>
internal static class InvoiceUpload
{
    private const string UnnamedFile = "invoices.csv";
    private const string FileNameHeader = "X-File-Name";

    public static async Task<IResult> TakeAsync(HttpRequest request, InvoiceImports imports, CancellationToken cancellationToken)
    {
        var (content, fileName) = await ReadAsync(request, cancellationToken);
        if (content is null)
        {
            return Problem.Invalid("file", "file-missing");
        }

        return Results.Ok(ImportShown.Of(await imports.RunAsync(content, fileName, null, cancellationToken)));
    }

    private static async Task<(byte[]? Content, string FileName)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        if (request.HasFormContentType)
        {
            var files = (await request.ReadFormAsync(cancellationToken)).Files;
            if (files.Count == 0)
            {
                return (null, "");
            }

            await files[0].CopyToAsync(memory, cancellationToken);
            return (memory.ToArray(), NameOf(files[0].FileName));
        }

        await request.Body.CopyToAsync(memory, cancellationToken);
        return (memory.ToArray(), NameOf(request.Headers[FileNameHeader].ToString()));
    }

    private static string NameOf(string given)
    {
        const int longest = 200;
        var name = Path.GetFileName(given.Replace('\\', '/')).ReplaceLineEndings("").Trim();
        return name.Length is 0 or > longest ? UnnamedFile : name;
    }
}
