namespace Switchyard.Tokens.Keys;

/// <summary>Holds the usable keys of one key set, and the tokens verified with them: both go together when the set changes.</summary>
internal sealed class KeyRing
{
    private readonly VerificationKey[] _keys;

    private KeyRing(IEnumerable<VerificationKey> keys, TokenKeySet? source, int rememberedTokens)
    {
        _keys = [.. keys];
        Source = source;
        Remembered = new RememberedTokens(rememberedTokens);
    }

    /// <summary>Gets the set that the ring was made of; null for a secret, which never changes.</summary>
    public TokenKeySet? Source { get; }

    public RememberedTokens Remembered { get; }

    /// <summary>Makes the ring of an issuer's keys; those that can't be used are left out.</summary>
    public static KeyRing OfIssuer(TokenKeySet set, int rememberedTokens) =>
        new(set.Keys.Select(JsonWebKeyReader.Read).OfType<VerificationKey>(), set, rememberedTokens);

    /// <summary>Makes the ring of a secret: the one key there is, so that the <c>kid</c> some issuers write plays no part.</summary>
    public static KeyRing OfSecret(VerificationKey secret, int rememberedTokens) => new([secret], null, rememberedTokens);

    /// <summary>Finds the one key for a token: that of its <c>kid</c>, or without one the only key that fits the algorithm.</summary>
    /// <returns>The key; null where there is none, or where several would do and guessing is not an option.</returns>
    public VerificationKey? Find(string? keyId, string algorithm)
    {
        VerificationKey? found = null;
        foreach (var key in _keys)
        {
            var isMeant = keyId is null || Source is null || string.Equals(key.KeyId, keyId, StringComparison.Ordinal);
            if (!isMeant || !key.Fits(algorithm))
            {
                continue;
            }

            if (found is not null)
            {
                return null;
            }

            found = key;
        }

        return found;
    }
}
