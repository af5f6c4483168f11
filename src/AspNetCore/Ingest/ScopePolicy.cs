using Microsoft.AspNetCore.Builder;

namespace Switchyard.AspNetCore.Ingest;

/// <summary>States who may call a route.</summary>
internal static class ScopePolicy
{
    /// <summary>Asks for a token of a scheme that grants a scope, exactly and with its case.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scheme, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(scheme)
            .RequireAuthenticatedUser()
            .RequireClaim(TokenCaller.ScopeClaim, scope));
}
