using System.Text;
using Microsoft.IdentityModel.Tokens;
using Switchyard.Tokens.Jwt;

namespace Switchyard.Tokens.Keys;

/// <summary>Holds a shared secret, which never changes.</summary>
internal sealed class SecretKeyRings : IKeyRings
{
    private const int SignatureBytes = 32;
    private readonly KeyRing _ring;

    public SecretKeyRings(string secret, int rememberedTokens)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        var key = new VerificationKey(null, [JwtAlgorithms.SharedSecret], SignatureBytes, () => new SymmetricSecurityKey(bytes));
        _ring = KeyRing.OfSecret(key, rememberedTokens);
    }

    public ValueTask<KeyRing?> CurrentAsync(CancellationToken cancellationToken) => new(_ring);

    public ValueTask<KeyRing> NewerAsync(KeyRing seen, CancellationToken cancellationToken) => new(seen);
}
