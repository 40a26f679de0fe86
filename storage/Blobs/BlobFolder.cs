using System.Text.RegularExpressions;
using CentralPay.Workflows.Payments.Access;
using CentralPay.Workflows.Payments.Documents;

namespace CentralPay.Workflows.Storage.Blobs;

/// <summary>
/// Blobs as files, each merchant's in a folder of its own. A name is made here and of one shape only, so that no name can
/// point anywhere else.
/// </summary>
internal sealed partial class BlobFolder(string root, MerchantBinding binding) : IBlobStore
{
    public async Task<string> PutAsync(string folder, string extension, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var name = $"{folder}/{Guid.CreateVersion7():N}.{extension.TrimStart('.')}";
        if (!Name().IsMatch(name))
        {
            throw new ArgumentException(
                $"A blob's folder is lower-case letters, digits and hyphens, its extension 1 to 8 letters or digits; '{folder}' and '{extension}' are not.", nameof(folder));
        }

        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Under another name first: whoever finds the blob finds all of it, and it is on the disk before a commit names it.
        var unfinished = path + ".part";
        await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 81_920, FileOptions.Asynchronous))
        {
            await file.WriteAsync(content, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path);
        return name;
    }

    public async Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        if (!Name().IsMatch(name))
        {
            return null;
        }

        var path = PathOf(name);
        return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : null;
    }

    private string PathOf(string name) => Path.Combine(root, binding.MerchantId.ToString("N"), name.Replace('/', Path.DirectorySeparatorChar));

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}/[0-9a-f]{32}\.[a-z0-9]{1,8}\z")]
    private static partial Regex Name();
}
