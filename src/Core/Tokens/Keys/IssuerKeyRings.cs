namespace Switchyard.Tokens.Keys;

/// <summary>Makes a ring of each key set that the source gives, and drops it with everything verified by it when another set comes.</summary>
internal sealed class IssuerKeyRings(ITokenKeySource source, int rememberedTokens) : IKeyRings
{
    private volatile KeyRing? _ring;

    public async ValueTask<KeyRing?> CurrentAsync(CancellationToken cancellationToken) =>
        await source.GetAsync(cancellationToken).ConfigureAwait(false) is { } set ? RingOf(set) : null;

    public async ValueTask<KeyRing> NewerAsync(KeyRing seen, CancellationToken cancellationToken) =>
        RingOf(await source.RefreshAsync(seen.Source!, cancellationToken).ConfigureAwait(false));

    // Two threads may make the ring of one set at once; the loser's is used for its own request and forgotten.
    private KeyRing RingOf(TokenKeySet set)
    {
        if (_ring is { } ring && ReferenceEquals(ring.Source, set))
        {
            return ring;
        }

        ring = KeyRing.OfIssuer(set, rememberedTokens);
        _ring = ring;
        return ring;
    }
}
