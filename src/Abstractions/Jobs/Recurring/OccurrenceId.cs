using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Jobs.Recurring;

/// <summary>Makes the one identity of an occurrence: a UUID of version 5 (RFC 9562, 5.5), the same on every node and at every repetition.</summary>
public static class OccurrenceId
{
    /// <summary>Gets the id of what an occurrence enqueues for a target.</summary>
    /// <param name="recurrence">The recurrence; the namespace of the UUID.</param>
    /// <param name="instant">The nominal instant.</param>
    /// <param name="target">The target; <see cref="Guid.Empty"/> where there is but one.</param>
    public static Guid Of(Guid recurrence, DateTimeOffset instant, Guid target) =>
        Of(recurrence, string.Create(CultureInfo.InvariantCulture, $"{instant.UtcDateTime:O}/{target:D}"));

    /// <summary>Gets the UUID of version 5 of a name.</summary>
    /// <param name="space">The namespace.</param>
    /// <param name="name">The name, taken as UTF-8. At most 128 bytes.</param>
    public static Guid Of(Guid space, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> text = stackalloc byte[16 + 128];
        if (!Encoding.UTF8.TryGetBytes(name, text[16..], out var length))
        {
            throw new ArgumentException("The name is longer than 128 bytes.", nameof(name));
        }

        space.TryWriteBytes(text, bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 makes version 5 by SHA-1; nothing relies on its strength.
        SHA1.HashData(text[..(16 + length)], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
