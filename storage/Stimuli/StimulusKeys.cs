using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CentralPay.Workflows.Storage.Stimuli;

/// <summary>The keys that a stimulus and a wait for it both lock, so that neither misses the other.</summary>
internal static class StimulusKeys
{
    public static long[] Sorted(Guid merchantId, IEnumerable<string> hashes)
    {
        long[] keys = [.. hashes.Select(hash => Of(merchantId, hash)).Distinct()];
        Array.Sort(keys);
        return keys;
    }

    private static long Of(Guid merchantId, string hash)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{merchantId:N}/{hash}"), digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest);
    }
}
