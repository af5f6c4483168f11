using Switchyard.Tokens;

namespace Switchyard.ReferenceHost.DevIssuer;

/// <summary>Hands the development issuer's key to the validation of tokens without a request of the host to itself.</summary>
/// <remarks>The host doesn't answer while it starts, nor by its public URL where that is a proxy's: it could not learn its own key by discovery.</remarks>
internal sealed class DevIssuerKeySource(DevIssuerKey key) : ITokenKeySource
{
    private readonly TokenKeySet _keys = new([key.PublicKey]);

    public ValueTask<TokenKeySet?> GetAsync(CancellationToken cancellationToken) => new(_keys);

    public ValueTask<TokenKeySet> RefreshAsync(TokenKeySet seen, CancellationToken cancellationToken) => new(_keys);
}
