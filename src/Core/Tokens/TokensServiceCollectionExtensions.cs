using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Tokens;
using Switchyard.Tokens.Keys;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds token validation to a service collection.</summary>
public static class TokensServiceCollectionExtensions
{
    /// <summary>Adds <see cref="TokenValidators"/>. Issuers are added to what it returns. Calling it again changes nothing.</summary>
    public static ITokensBuilder AddTokens(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokensInstruments>();
        services.TryAddSingleton(provider => new TokenValidators(provider));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeyRefreshService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OidcIssuerOptions>, OidcIssuerOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SharedSecretOptions>, SharedSecretOptionsValidator>());
        return new TokensBuilder(services);
    }
}
