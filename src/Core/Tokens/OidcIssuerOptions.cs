namespace Switchyard.Tokens;

/// <summary>Configures an issuer whose keys come by OpenID Connect discovery.</summary>
public sealed class OidcIssuerOptions
{
    /// <summary>Gets or sets the issuer, exactly as tokens and the discovery document name it.</summary>
    /// <value>The default value is <see langword="null"/>: disabled, every token is <see cref="TokenResult.Unavailable"/>.</value>
    public string? Issuer { get; set; }

    /// <summary>Gets or sets the audience that a token must name, compared exactly.</summary>
    /// <value>The default value is <see langword="null"/>; with an issuer, this or <see cref="FurtherAudiences"/> is required.</value>
    public string? Audience { get; set; }

    /// <summary>Gets the audiences that are accepted besides <see cref="Audience"/>.</summary>
    public IList<string> FurtherAudiences { get; } = [];

    /// <summary>Gets or sets the accepted algorithms: RS, PS and ES with 256, 384 or 512, or fewer of them (RFC 8725, 3.1).</summary>
    /// <value>The default value is all nine.</value>
    public IList<string> Algorithms { get; set; } = [.. Jwt.JwtAlgorithms.Asymmetric];

    /// <summary>Gets or sets how far the issuer's clock may differ from ours, for <c>exp</c>, <c>nbf</c> and <c>iat</c>.</summary>
    /// <value>The default value is 30 seconds; at most 5 minutes.</value>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the longest lifetime of a token, from <c>iat</c> (else now) to <c>exp</c>.</summary>
    /// <value>The default value is <see langword="null"/>: no limit.</value>
    public TimeSpan? MaximumLifetime { get; set; }

    /// <summary>Gets or sets whether only tokens of type <c>at+jwt</c> are accepted (RFC 9068).</summary>
    /// <value>The default value is <see langword="false"/>: <c>JWT</c> and no type will do.</value>
    public bool RequireAccessTokenType { get; set; }

    /// <summary>Gets or sets whether the issuer and its keys may be fetched over plain <c>http</c>. For development only.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool AllowHttp { get; set; }

    /// <summary>Gets or sets how often the keys are fetched anew: the longest that a removed key lives.</summary>
    /// <value>The default value is 10 minutes; 1 second to 1 day.</value>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets the least time between two fetches for an unknown <c>kid</c>.</summary>
    /// <value>The default value is 30 seconds; 1 second to 1 day.</value>
    public TimeSpan UnknownKeyCooldown { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long one fetch of discovery document and keys may take in all.</summary>
    /// <value>The default value is 5 seconds; at most 1 minute.</value>
    public TimeSpan BackchannelTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the largest discovery document or key set, in bytes.</summary>
    /// <value>The default value is 512 KiB; 1 KiB to 16 MiB.</value>
    public int MaximumDocumentBytes { get; set; } = 512 * 1024;

    /// <summary>Gets or sets how many verified tokens are remembered until they expire, so that their next use costs no signature check.</summary>
    /// <value>The default value is 4096; 0 turns it off, at most 1,000,000.</value>
    public int RememberedTokens { get; set; } = 4096;

    internal IEnumerable<string> Audiences => Audience is null ? FurtherAudiences : FurtherAudiences.Prepend(Audience);
}
