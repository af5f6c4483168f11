using System.Security.Claims;

namespace Switchyard.Tokens;

/// <summary>Represents a token that was found valid. Immutable: one instance serves every request that bears the same token.</summary>
public sealed class VerifiedToken
{
    private ScopeSet? _scopes;

    internal VerifiedToken(IReadOnlyList<Claim> claims, DateTimeOffset expiresAt)
    {
        Claims = claims;
        ExpiresAt = expiresAt;
    }

    /// <summary>Gets the claims, named as in the token: one per element of an array, one <c>scope</c> per scope, one <c>roles</c> per role.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>Gets the scopes; empty where <c>scope</c> is neither a string nor an array of strings.</summary>
    public ScopeSet Scopes => _scopes ??= ScopeSet.Parse(Claims.Where(claim => claim.Type == "scope").Select(claim => claim.Value));

    /// <summary>Gets the <c>exp</c> of the token, without clock skew.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Makes a principal of its own for a caller: name from <c>sub</c>, roles from <c>roles</c>.</summary>
    /// <param name="authenticationType">What <see cref="ClaimsIdentity.AuthenticationType"/> becomes, such as the scheme's name.</param>
    public ClaimsPrincipal CreatePrincipal(string authenticationType)
    {
        ArgumentException.ThrowIfNullOrEmpty(authenticationType);
        return new ClaimsPrincipal(new ClaimsIdentity(Claims, authenticationType, nameType: "sub", roleType: "roles"));
    }
}
