namespace Switchyard.Tokens;

/// <summary>Configures tokens that are signed with a secret which both sides know (HS256).</summary>
public sealed class SharedSecretOptions
{
    /// <summary>Gets or sets the secret; its UTF-8 bytes are the key.</summary>
    /// <value>The default value is <see langword="null"/>: disabled, every token is <see cref="TokenResult.Unavailable"/>. Under 32 bytes, or known from samples: the start fails.</value>
    public string? Secret { get; set; }

    /// <summary>Gets or sets the audience that a token must name, compared exactly; required with a secret.</summary>
    public string? Audience { get; set; }

    /// <summary>Gets or sets the issuer that a token must name, compared exactly.</summary>
    /// <value>The default value is <see langword="null"/>: whoever knows the secret is the issuer.</value>
    public string? Issuer { get; set; }

    /// <summary>Gets or sets how far the issuer's clock may differ from ours.</summary>
    /// <value>The default value is 30 seconds; at most 5 minutes.</value>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the longest lifetime of a token, from <c>iat</c> (else now) to <c>exp</c>.</summary>
    /// <value>The default value is <see langword="null"/>: no limit.</value>
    public TimeSpan? MaximumLifetime { get; set; }

    /// <summary>Gets or sets how many verified tokens are remembered until they expire.</summary>
    /// <value>The default value is 4096; 0 turns it off, at most 1,000,000.</value>
    public int RememberedTokens { get; set; } = 4096;
}
