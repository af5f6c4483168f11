namespace Switchyard.Tokens.Jwt;

/// <summary>Says which tokens are accepted; nothing in a token can widen it.</summary>
internal sealed record JwtPolicy
{
    public required HashSet<string> Algorithms { get; init; }

    /// <summary>The issuer, compared exactly; null where any will do (a shared secret).</summary>
    public required string? Issuer { get; init; }

    public required HashSet<string> Audiences { get; init; }

    public required TimeSpan ClockSkew { get; init; }

    public required TimeSpan? MaximumLifetime { get; init; }

    public bool RequireAccessTokenType { get; init; }

    public static JwtPolicy For(OidcIssuerOptions options) => new()
    {
        Algorithms = new HashSet<string>(options.Algorithms, StringComparer.Ordinal),
        Issuer = options.Issuer,
        Audiences = new HashSet<string>(options.Audiences, StringComparer.Ordinal),
        ClockSkew = options.ClockSkew,
        MaximumLifetime = options.MaximumLifetime,
        RequireAccessTokenType = options.RequireAccessTokenType,
    };

    public static JwtPolicy For(SharedSecretOptions options) => new()
    {
        Algorithms = new HashSet<string>([JwtAlgorithms.SharedSecret], StringComparer.Ordinal),
        Issuer = options.Issuer,
        Audiences = new HashSet<string>([options.Audience!], StringComparer.Ordinal),
        ClockSkew = options.ClockSkew,
        MaximumLifetime = options.MaximumLifetime,
    };
}
