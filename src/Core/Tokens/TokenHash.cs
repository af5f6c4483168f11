using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Switchyard.Tokens;

/// <summary>Stands for a token by its SHA-256, so that no token is kept in memory.</summary>
internal readonly record struct TokenHash(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    public static TokenHash Of(ReadOnlySpan<byte> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(token, hash);
        var parts = MemoryMarshal.Cast<byte, ulong>(hash);
        return new TokenHash(parts[0], parts[1], parts[2], parts[3]);
    }

    // The hash is uniform already: a part of it is as good as any mixture.
    public override int GetHashCode() => First.GetHashCode();
}
