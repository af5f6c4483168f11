namespace Switchyard.Tokens;

/// <summary>Judges the tokens of one issuer, or of one shared secret. Get one by its name from <see cref="TokenValidators"/>.</summary>
public interface ITokenValidator
{
    /// <summary>Judges a token. Never throws for a token's content, whatever it is.</summary>
    /// <param name="token">The token, without its scheme. An empty one is never valid and so tells only whether tokens can be judged at all.</param>
    /// <param name="cancellationToken">Ends the wait for keys; a fetch that others wait for goes on.</param>
    ValueTask<TokenResult> ValidateAsync(string token, CancellationToken cancellationToken = default);
}
