using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CentralPay.Workflows.Storage.Stimuli;

/// <summary>The keys that a stimulus and a wait for it both lock, so that neither misses the other.</summary>
internal static class StimulusKeys
{
    /// <summary>The keys of hashes in their order, and for each whether a wait of the commit begins under it: waits shut out everybody, stimuli only waits.</summary>
    public static IReadOnlyList<(long Key, bool Begins)> Sorted(Guid merchantId, IEnumerable<string> raised, IEnumerable<string> begun)
    {
        var keys = new SortedDictionary<long, bool>();
        foreach (var hash in raised)
        {
            keys[Of(merchantId, hash)] = false;
        }

        foreach (var hash in begun)
        {
            keys[Of(merchantId, hash)] = true;
        }

        return [.. keys.Select(key => (key.Key, key.Value))];
    }

    private static long Of(Guid merchantId, string hash)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{merchantId:N}/{hash}"), digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest);
    }
}
