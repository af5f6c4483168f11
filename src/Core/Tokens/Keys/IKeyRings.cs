namespace Switchyard.Tokens.Keys;

/// <summary>Gives the keys that a validator works with: those of an issuer, or a secret.</summary>
internal interface IKeyRings
{
    /// <summary>Gets the keys of now; null where there are none yet.</summary>
    ValueTask<KeyRing?> CurrentAsync(CancellationToken cancellationToken);

    /// <summary>Gets keys newer than those seen; the same ones where there are none.</summary>
    ValueTask<KeyRing> NewerAsync(KeyRing seen, CancellationToken cancellationToken);
}
