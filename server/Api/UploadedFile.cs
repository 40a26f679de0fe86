using CentralPay.Workflows.Payments.Imports;
using CentralPay.Workflows.Payments.Rules;

namespace CentralPay.Workflows.Server.Api;

/// <summary>A file that a caller sends: as the body itself, named by <c>X-File-Name</c>, or as the first file of a form.</summary>
internal static class UploadedFile
{
    /// <summary>What a request may be long: the largest file, and what a form writes around it.</summary>
    public const int MaxRequestBytes = ImportLimits.MaxBytes + (1024 * 1024);

    private const string FileNameHeader = "X-File-Name";
    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads it; throws <see cref="RuleViolationException"/> on the field <c>file</c> when there is none, or one that is too large.</summary>
    public static async Task<(byte[] Content, string FileName)> ReadAsync(HttpRequest request, string unnamed, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return (await ReadAsync(request.Body, cancellationToken), NameOf(request.Headers[FileNameHeader].ToString(), unnamed));
        }

        var files = (await request.ReadFormAsync(cancellationToken)).Files;
        if (files.Count == 0)
        {
            throw RuleViolationException.Of("file", "file-missing");
        }

        await using var body = files[0].OpenReadStream();
        return (await ReadAsync(body, cancellationToken), NameOf(files[0].FileName, unnamed));
    }

    private static async Task<byte[]> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (memory.Length + read > ImportLimits.MaxBytes)
            {
                throw RuleViolationException.Of("file", RuleCodes.FileTooLarge, ("limit", $"{ImportLimits.MaxBytes / (1024 * 1024)} MB"));
            }

            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private static string NameOf(string given, string unnamed)
    {
        const int longest = 200;
        var name = Path.GetFileName(given.Replace('\\', '/')).ReplaceLineEndings("").Trim();
        return name.Length is 0 or > longest ? unnamed : name;
    }
}
