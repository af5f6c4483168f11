using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Switchyard.AspNetCore.Tokens;

/// <summary>Reads from an endpoint's policies the scopes that a token needs, whether asked for by <c>RequireScope</c> or <c>RequireClaim</c>.</summary>
internal sealed class RequiredScopes(IAuthorizationPolicyProvider policies)
{
    public const string ClaimType = "scope";

    public async Task<IReadOnlyList<string>> OfAsync(Endpoint? endpoint)
    {
        if (endpoint is null)
        {
            return [];
        }

        var policy = await AuthorizationPolicy.CombineAsync(
            policies,
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(),
            endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>());
        var requirements = policy?.Requirements ?? [];
        return
        [
            .. requirements.Concat(endpoint.Metadata.GetOrderedMetadata<IAuthorizationRequirementData>().SelectMany(data => data.GetRequirements()))
                .OfType<ClaimsAuthorizationRequirement>()
                .Where(requirement => requirement.ClaimType == ClaimType)
                .SelectMany(requirement => requirement.AllowedValues ?? [])
                .Where(IsScope)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Gets whether a text is one scope (RFC 6749, 3.3), and so can stand in a header as it is.</summary>
    public static bool IsScope(string text) =>
        text.Length > 0 && text.All(character => character is '!' or (>= '#' and <= '[') or (>= ']' and <= '~'));
}
