namespace Switchyard.Tokens;

/// <summary>Supplies the keys that an issuer's tokens are verified with.</summary>
public interface ITokenKeySource
{
    /// <summary>Gets the current key set, fetching it when there is none yet or it is due for a refresh.</summary>
    /// <returns>The keys, or <see langword="null"/> where none could ever be fetched: the surface is unavailable, not the token bad.</returns>
    ValueTask<TokenKeySet?> GetAsync(CancellationToken cancellationToken);

    /// <summary>Gets a key set newer than <paramref name="seen"/>, for a token whose key isn't in it.</summary>
    /// <returns>A newer set, or <paramref name="seen"/> again where the cool-down forbids a fetch or it brought nothing new.</returns>
    ValueTask<TokenKeySet> RefreshAsync(TokenKeySet seen, CancellationToken cancellationToken);
}
