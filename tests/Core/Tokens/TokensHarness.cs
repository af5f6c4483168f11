using Microsoft.Extensions.DependencyInjection;
using Switchyard.TestKit;
using Switchyard.TestKit.Tokens;

namespace Switchyard.Tokens.Tests;

/// <summary>One issuer over real HTTP, one validator of it, and a clock that the test moves.</summary>
internal sealed class TokensHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TokensHarness(TestIssuer issuer, ManualTimeProvider clock, ServiceProvider services)
    {
        Issuer = issuer;
        Clock = clock;
        _services = services;
    }

    public TestIssuer Issuer { get; }

    public ManualTimeProvider Clock { get; }

    public IServiceProvider Services => _services;

    public ITokenKeySource Keys => _services.GetRequiredKeyedService<ITokenKeySource>("api");

    public static async Task<TokensHarness> StartAsync(Action<OidcIssuerOptions>? configure = null)
    {
        var clock = new ManualTimeProvider();
        var issuer = await TestIssuer.StartAsync(clock);
        return new TokensHarness(issuer, clock, Build(issuer.Issuer, clock, configure));
    }

    /// <summary>Builds the services alone, for an issuer that may not be there.</summary>
    public static ServiceProvider Build(string issuer, TimeProvider clock, Action<OidcIssuerOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        services.AddTokens().AddOidcIssuer("api", options =>
        {
            options.Issuer = issuer;
            options.Audience = TestIssuer.Audience;
            options.AllowHttp = true;
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    public async Task<TokenResult> ValidateAsync(string token) =>
        await _services.GetRequiredService<TokenValidators>().Get("api").ValidateAsync(token, TestContext.Current.CancellationToken);

    /// <summary>Gives <c>valid</c>, <c>unavailable</c>, or the reason of a refusal.</summary>
    public async Task<string> OutcomeAsync(string token) => Outcome(await ValidateAsync(token));

    public static string Outcome(TokenResult result) => result switch
    {
        TokenResult.Valid => "valid",
        TokenResult.Invalid invalid => invalid.Reason,
        _ => "unavailable",
    };

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
