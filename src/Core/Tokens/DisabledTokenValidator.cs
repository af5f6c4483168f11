namespace Switchyard.Tokens;

/// <summary>Stands where no issuer or secret is configured: the token may be good, nobody can tell.</summary>
internal sealed class DisabledTokenValidator : ITokenValidator
{
    // Only another configuration helps, and that takes a restart.
    private static readonly TokenResult Disabled = new TokenResult.Unavailable(TimeSpan.FromMinutes(5));

    public ValueTask<TokenResult> ValidateAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new(Disabled);
    }
}
