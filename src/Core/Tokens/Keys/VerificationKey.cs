using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Switchyard.Tokens.Keys;

/// <summary>Verifies signatures with one key, under the algorithms that fit it and no others.</summary>
/// <param name="keyId">The key's <c>kid</c>.</param>
/// <param name="algorithms">The algorithms that fit the key's type, curve and own <c>alg</c>.</param>
/// <param name="signatureLength">The one length that a signature may have, in bytes.</param>
/// <param name="createKey">Makes an instance of the key; each is used by one thread at a time.</param>
internal sealed class VerificationKey(string? keyId, IReadOnlyList<string> algorithms, int signatureLength, Func<SecurityKey> createKey)
{
    private readonly ConcurrentDictionary<string, SignatureProviderPool> _pools = new(StringComparer.Ordinal);

    public string? KeyId { get; } = keyId;

    public bool Fits(string algorithm) => algorithms.Contains(algorithm);

    public bool Verify(string algorithm, byte[] input, byte[] signature)
    {
        // Before the provider sees it: a DER-encoded ECDSA signature or one with zeros added has another length.
        if (!Fits(algorithm) || signature.Length != signatureLength)
        {
            return false;
        }

        var pool = _pools.GetOrAdd(algorithm, static (name, create) => new SignatureProviderPool(create, name), createKey);
        var provider = pool.Rent();
        try
        {
            return provider.Verify(input, signature);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            pool.Return(provider);
        }
    }
}
