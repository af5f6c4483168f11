using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Tokens;
using Switchyard.Tokens.Jwt;
using Switchyard.Tokens.Keys;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the sources of tokens, each under a name of its own.</summary>
public static class TokensBuilderExtensions
{
    /// <summary>Adds an issuer whose keys come by OpenID Connect discovery. A second call of the same name only configures further.</summary>
    /// <param name="builder">What <c>AddTokens()</c> returned.</param>
    /// <param name="name">The name that <see cref="TokenValidators.Get"/> and authentication schemes know it by.</param>
    /// <param name="configure">Sets the options; without an issuer every token is <see cref="TokenResult.Unavailable"/>.</param>
    /// <remarks>To take the keys from elsewhere, register a keyed <see cref="ITokenKeySource"/> of this name before.</remarks>
    /// <exception cref="ArgumentException">The name is taken by a shared secret.</exception>
    public static ITokensBuilder AddOidcIssuer(this ITokensBuilder builder, string name, Action<OidcIssuerOptions>? configure = null)
    {
        var isNew = Claim<OidcIssuerOptions>(builder, name, configure);
        if (isNew)
        {
            AddBackchannel(builder.Services, name);
            builder.Services.TryAddKeyedSingleton<ITokenKeySource>(name, (services, _) => CreateKeySource(services, name));
            builder.Services.TryAddKeyedSingleton<ITokenValidator>(name, (services, _) => CreateIssuerValidator(services, name));
        }

        return builder;
    }

    /// <summary>Adds a secret that both sides know (HS256). A second call of the same name only configures further.</summary>
    /// <param name="builder">What <c>AddTokens()</c> returned.</param>
    /// <param name="name">The name that <see cref="TokenValidators.Get"/> and authentication schemes know it by.</param>
    /// <param name="configure">Sets the options; without a secret every token is <see cref="TokenResult.Unavailable"/>.</param>
    /// <exception cref="ArgumentException">The name is taken by an issuer.</exception>
    public static ITokensBuilder AddSharedSecret(this ITokensBuilder builder, string name, Action<SharedSecretOptions>? configure = null)
    {
        var isNew = Claim<SharedSecretOptions>(builder, name, configure);
        if (isNew)
        {
            builder.Services.TryAddKeyedSingleton<ITokenValidator>(name, (services, _) => CreateSecretValidator(services, name));
        }

        return builder;
    }

    private static bool Claim<TOptions>(ITokensBuilder builder, string name, Action<TOptions>? configure)
        where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var options = builder.Services.AddOptions<TOptions>(name).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        var taken = builder.Services.Select(service => service.ImplementationInstance).OfType<TokenSourceName>().FirstOrDefault(source => source.Name == name);
        if (taken is null)
        {
            builder.Services.AddSingleton(new TokenSourceName(name, typeof(TOptions)));
            return true;
        }

        return taken.Options == typeof(TOptions)
            ? false
            : throw new ArgumentException($"'{name}' is both an OIDC issuer and a shared secret; give one of them another name.", nameof(name));
    }

    private static void AddBackchannel(IServiceCollection services, string name) =>
        services.AddHttpClient(KeyDocuments.ClientName(name))
            .RemoveAllLoggers()
            .ConfigureHttpClient((provider, client) =>
            {
                // The time limit is the fetch's own, by the injected clock.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = OptionsOf<OidcIssuerOptions>(provider, name).MaximumDocumentBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                MaxResponseHeadersLength = 32,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                ActivityHeadersPropagator = null,
            });

    private static OidcKeySource CreateKeySource(IServiceProvider services, string name)
    {
        var options = OptionsOf<OidcIssuerOptions>(services, name);
        return new OidcKeySource(
            name,
            options,
            new KeyDocuments(name, options, services.GetRequiredService<IHttpClientFactory>()),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<TokensInstruments>(),
            services.GetRequiredService<ILogger<OidcKeySource>>());
    }

    private static ITokenValidator CreateIssuerValidator(IServiceProvider services, string name)
    {
        var options = OptionsOf<OidcIssuerOptions>(services, name);
        if (options.Issuer is null)
        {
            return new DisabledTokenValidator();
        }

        var source = services.GetRequiredKeyedService<ITokenKeySource>(name);
        return Create(services, name, JwtPolicy.For(options), new IssuerKeyRings(source, options.RememberedTokens));
    }

    private static ITokenValidator CreateSecretValidator(IServiceProvider services, string name)
    {
        var options = OptionsOf<SharedSecretOptions>(services, name);
        return options.Secret is null
            ? new DisabledTokenValidator()
            : Create(services, name, JwtPolicy.For(options), new SecretKeyRings(options.Secret, options.RememberedTokens));
    }

    private static JwtValidator Create(IServiceProvider services, string name, JwtPolicy policy, IKeyRings rings) =>
        new(name, policy, rings, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<TokensInstruments>(), services.GetRequiredService<ILogger<JwtValidator>>());

    private static TOptions OptionsOf<TOptions>(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
}
