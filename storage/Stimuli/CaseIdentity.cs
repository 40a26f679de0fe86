using System.Security.Cryptography;
using System.Text;

namespace CentralPay.Workflows.Storage.Stimuli;

/// <summary>The identity of a case that a start key names: the same key gives the same case, however often it is asked.</summary>
public static class CaseIdentity
{
    /// <summary>The case of a scenario under a start key (UUIDv8 of SHA-256 over tenant, scenario and key).</summary>
    public static Guid Of(Guid tenantId, string definitionId, string startKey)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{tenantId:N}\n{definitionId}\n{startKey}"), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }
}
