namespace Switchyard.Tokens;

/// <summary>Represents the keys of an issuer at one time. Sets are told apart by reference: another instance means changed keys.</summary>
/// <param name="keys">The keys, each a JSON Web Key (RFC 7517) as JSON text.</param>
public sealed class TokenKeySet(IReadOnlyList<string> keys)
{
    /// <summary>Gets the keys, each a JSON Web Key (RFC 7517) as JSON text.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;
}
