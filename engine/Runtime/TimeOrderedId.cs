using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CentralPay.Workflows.Engine.Runtime;

/// <summary>
/// Identities that sort by the instant they were made at (UUIDv7, RFC 9562). Their random bits are drawn from the operating
/// system for many at once: one call for each costs more than all else that a step of a case does.
/// </summary>
public static class TimeOrderedId
{
    private const int BytesOfOne = 10;

    [ThreadStatic]
    private static Drawn? _drawn;

    /// <summary>A new identity of an instant, to the millisecond.</summary>
    public static Guid At(DateTimeOffset instant)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, instant.ToUnixTimeMilliseconds() << 16);
        (_drawn ??= new Drawn()).Take(bytes[6..]);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private sealed class Drawn
    {
        private readonly byte[] _bytes = new byte[BytesOfOne * 100];
        private int _used = BytesOfOne * 100;

        public void Take(Span<byte> target)
        {
            if (_used == _bytes.Length)
            {
                RandomNumberGenerator.Fill(_bytes);
                _used = 0;
            }

            _bytes.AsSpan(_used, BytesOfOne).CopyTo(target);
            _used += BytesOfOne;
        }
    }
}
