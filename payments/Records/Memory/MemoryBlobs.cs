using System.Collections.Concurrent;
using CentralPay.Workflows.Payments.Documents;

namespace CentralPay.Workflows.Payments.Records.Memory;

/// <summary>Files in memory, for simulations and tests.</summary>
public sealed class MemoryBlobs : IBlobStore
{
    private readonly ConcurrentDictionary<string, byte[]> blobs = new();

    /// <inheritdoc />
    public Task<string> PutAsync(string folder, string extension, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var name = $"{folder}/{Guid.CreateVersion7():N}.{extension}";
        blobs[name] = content.ToArray();
        return Task.FromResult(name);
    }

    /// <inheritdoc />
    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken = default) => Task.FromResult(blobs.GetValueOrDefault(name));
}
