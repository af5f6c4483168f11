using System.Text;
using Microsoft.Extensions.Options;

namespace Switchyard.Tokens;

internal sealed class SharedSecretOptionsValidator : IValidateOptions<SharedSecretOptions>
{
    private const int LeastBytes = 32;
    private const int LeastDistinctCharacters = 8;

    // Secrets that samples, tutorials and development stacks ship with: whoever forges tokens tries them first.
    private static readonly HashSet<string> KnownBad = new(StringComparer.OrdinalIgnoreCase)
    {
        "your-secret-key",
        "your-secret-key-change-in-production",
        "your-256-bit-secret",
        "your-384-bit-secret",
        "your-512-bit-secret",
        "a-string-secret-at-least-256-bits-long",
        "a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long",
        "super-secret-jwt-token-with-at-least-32-characters-long",
        "your-super-secret-jwt-token-with-at-least-32-characters-long",
        "your-super-secret-and-long-postgres-password",
        "thisisasecretkeythatshouldbechanged",
        "this-is-a-secret-key-that-should-be-changed",
        "this is my custom secret key for authentication",
        "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
    };

    public ValidateOptionsResult Validate(string? name, SharedSecretOptions options)
    {
        var faults = new OptionFaults($"Token secret '{name}'");
        if (options.Secret is { } secret)
        {
            faults.Unless(Encoding.UTF8.GetByteCount(secret) >= LeastBytes, $"{nameof(options.Secret)} must be at least {LeastBytes} bytes (RFC 7518, 3.2)");
            faults.Unless(!IsGuessable(secret), $"{nameof(options.Secret)} is known or guessable; make one: openssl rand -base64 48");
            faults.Unless(!string.IsNullOrWhiteSpace(options.Audience), $"{nameof(options.Audience)} must be set");
        }

        faults.Unless(options.Issuer is null || options.Issuer.Length > 0, $"{nameof(options.Issuer)} must be null or not empty");
        faults.UnlessWithin(options.ClockSkew, TimeSpan.Zero, TimeSpan.FromMinutes(5), nameof(options.ClockSkew));
        faults.Unless(options.MaximumLifetime is null || options.MaximumLifetime > TimeSpan.Zero, $"{nameof(options.MaximumLifetime)} must be positive");
        faults.UnlessWithin(options.RememberedTokens, 0, 1_000_000, nameof(options.RememberedTokens));
        return faults.ToResult();
    }

    private static bool IsGuessable(string secret) =>
        KnownBad.Contains(secret.Trim()) || secret.Distinct().Count() < LeastDistinctCharacters;
}
