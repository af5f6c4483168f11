using Switchyard.AspNetCore.Tokens;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>Asks for scopes in authorization policies.</summary>
public static class ScopePolicyExtensions
{
    /// <summary>Requires that the token has each of these scopes, exactly and case-sensitively.</summary>
    /// <param name="policy">The policy that is being built.</param>
    /// <param name="scopes">The scopes; at least one.</param>
    /// <remarks>The same as <c>RequireClaim("scope", …)</c> once per scope, which works alike. A token without one gets 403, naming what is needed.</remarks>
    /// <exception cref="ArgumentException">No scope is given, or one holds a character that no scope can have (RFC 6749, 3.3).</exception>
    public static AuthorizationPolicyBuilder RequireScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0 || !scopes.All(RequiredScopes.IsScope))
        {
            throw new ArgumentException("Give at least one scope, each one word such as \"create:jobs\".", nameof(scopes));
        }

        foreach (var scope in scopes)
        {
            policy.RequireClaim(RequiredScopes.ClaimType, scope);
        }

        return policy;
    }
}
