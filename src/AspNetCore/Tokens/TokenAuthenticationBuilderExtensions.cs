using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Switchyard.AspNetCore.Tokens;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds bearer-token schemes to authentication.</summary>
public static class TokenAuthenticationBuilderExtensions
{
    /// <summary>Adds a scheme that accepts the tokens of an issuer. Calling it again for the same name changes nothing.</summary>
    /// <param name="builder">What <c>AddAuthentication()</c> returned.</param>
    /// <param name="name">The name of the issuer (<c>AddOidcIssuer</c>) or secret (<c>AddSharedSecret</c>), and of the scheme.</param>
    /// <remarks>The start fails where nothing of that name is registered.</remarks>
    public static AuthenticationBuilder AddSwitchyardTokens(this AuthenticationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var services = builder.Services;
        if (services.Any(service => service.ImplementationInstance is TokenScheme scheme && scheme.Name == name))
        {
            return builder;
        }

        services.AddSingleton(new TokenScheme(name));
        services.AddTokens();
        services.AddAuthorizationCore();
        services.TryAddSingleton<RequiredScopes>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SwitchyardTokenOptions>, TokenSchemeCheck>());
        services.AddOptions<SwitchyardTokenOptions>(name).ValidateOnStart();
        return builder.AddScheme<SwitchyardTokenOptions, SwitchyardTokenHandler>(name, configureOptions: null);
    }

    private sealed record TokenScheme(string Name);
}
