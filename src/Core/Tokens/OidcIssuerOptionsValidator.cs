using Microsoft.Extensions.Options;
using Switchyard.Tokens.Jwt;

namespace Switchyard.Tokens;

internal sealed class OidcIssuerOptionsValidator : IValidateOptions<OidcIssuerOptions>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public ValidateOptionsResult Validate(string? name, OidcIssuerOptions options)
    {
        var faults = new OptionFaults($"Token issuer '{name}'");
        if (options.Issuer is not null)
        {
            CheckIssuer(options, faults);
        }

        faults.Unless(
            options.Algorithms.Count > 0 && options.Algorithms.All(JwtAlgorithms.Asymmetric.Contains),
            $"{nameof(options.Algorithms)} must be some of {string.Join(", ", JwtAlgorithms.Asymmetric)}");
        faults.UnlessWithin(options.ClockSkew, TimeSpan.Zero, TimeSpan.FromMinutes(5), nameof(options.ClockSkew));
        faults.Unless(options.MaximumLifetime is null || options.MaximumLifetime > TimeSpan.Zero, $"{nameof(options.MaximumLifetime)} must be positive");
        faults.UnlessWithin(options.RefreshInterval, Second, Day, nameof(options.RefreshInterval));
        faults.UnlessWithin(options.UnknownKeyCooldown, Second, Day, nameof(options.UnknownKeyCooldown));
        faults.UnlessWithin(options.BackchannelTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), nameof(options.BackchannelTimeout));
        faults.UnlessWithin(options.MaximumDocumentBytes, 1024, 16 * 1024 * 1024, nameof(options.MaximumDocumentBytes));
        faults.UnlessWithin(options.RememberedTokens, 0, 1_000_000, nameof(options.RememberedTokens));
        return faults.ToResult();
    }

    private static void CheckIssuer(OidcIssuerOptions options, OptionFaults faults)
    {
        var isUrl = Uri.TryCreate(options.Issuer, UriKind.Absolute, out var issuer)
            && issuer.Scheme is "http" or "https" && issuer.Query.Length == 0 && issuer.Fragment.Length == 0 && issuer.UserInfo.Length == 0;
        faults.Unless(isUrl, $"{nameof(options.Issuer)} must be an absolute https URL without user, query and fragment");
        faults.Unless(
            issuer?.Scheme != "http" || options.AllowHttp,
            $"{nameof(options.Issuer)} must be an https URL (plain http needs {nameof(options.AllowHttp)}, for development)");
        faults.Unless(
            !options.Issuer!.Contains("/.well-known/", StringComparison.Ordinal),
            $"{nameof(options.Issuer)} must be the issuer itself, not its discovery document");
        faults.Unless(
            options.Audiences.Any() && options.Audiences.All(audience => !string.IsNullOrWhiteSpace(audience)),
            $"{nameof(options.Audience)} must be set: without one the tokens of every other API would be accepted");
    }
}
