using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.TestKit;
using Switchyard.TestKit.Tokens;

namespace Switchyard.Tokens.Tests;

public sealed class AddTokensTests
{
    [Fact]
    public async Task Adding_twice_is_adding_once()
    {
        var services = new ServiceCollection();
        services.AddTokens().AddOidcIssuer("api", options => options.Issuer = "https://first.test");
        services.AddTokens().AddOidcIssuer("api", options => options.Audience = "me");
        services.AddTokens().AddSharedSecret("secret");
        services.AddTokens().AddSharedSecret("secret");
        await using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<IHostedService>());
        Assert.Single(provider.GetServices<IValidateOptions<OidcIssuerOptions>>());
        Assert.Single(services, service => service.ServiceType == typeof(ITokenValidator) && Equals(service.ServiceKey, "api"));
        Assert.Single(services, service => service.ServiceType == typeof(ITokenKeySource));
        Assert.Equal(2, provider.GetServices<TokenSourceName>().Count());
        var options = provider.GetRequiredService<IOptionsMonitor<OidcIssuerOptions>>().Get("api");
        Assert.Equal(("https://first.test", "me"), (options.Issuer, options.Audience));
    }

    [Fact]
    public void Name_of_an_issuer_is_not_that_of_a_secret_too()
    {
        var tokens = new ServiceCollection().AddTokens().AddOidcIssuer("api");

        Assert.Contains("'api'", Assert.Throws<ArgumentException>(() => tokens.AddSharedSecret("api")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_name_tells_the_line_to_add()
    {
        await using var provider = new ServiceCollection().AddTokens().Services.BuildServiceProvider();

        var failure = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<TokenValidators>().Get("api"));

        Assert.Contains("AddTokens().AddOidcIssuer(\"api\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_issuer_every_token_is_unavailable_and_nothing_is_fetched()
    {
        var clock = new ManualTimeProvider();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddTokens().AddOidcIssuer("api");
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        var service = Assert.Single(provider.GetServices<IHostedService>());

        await service.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal("unavailable", await Judge.OutcomeAsync(provider, "api", "x.y.z"));
        Assert.Equal(0, clock.ArmedTimers);
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Keys_may_come_from_a_source_of_the_hosts_own()
    {
        var key = SigningKey.Ec("k");
        var services = new ServiceCollection();
        services.AddKeyedSingleton<ITokenKeySource>("api", new FixedKeys(key.PublicJwk().ToJsonString()));
        services.AddTokens().AddOidcIssuer("api", options => (options.Issuer, options.Audience) = ("https://issuer.test", "me"));
        await using var provider = services.BuildServiceProvider();
        var claims = new System.Text.Json.Nodes.JsonObject { ["iss"] = "https://issuer.test", ["aud"] = "me", ["exp"] = 99_999_999_999 };

        Assert.Equal("valid", await Judge.OutcomeAsync(provider, "api", TestToken.Create(key, claims)));
    }

    [Theory]
    [InlineData("http://issuer.test", "me", "AllowHttp")]
    [InlineData("issuer.test", "me", "absolute https URL")]
    [InlineData("", "me", "absolute https URL")]
    [InlineData("ftp://issuer.test", "me", "absolute https URL")]
    [InlineData("https://issuer.test?x=1", "me", "absolute https URL")]
    [InlineData("https://user:pass@issuer.test", "me", "absolute https URL")]
    [InlineData("https://issuer.test/.well-known/openid-configuration", "me", "the issuer itself")]
    [InlineData("https://issuer.test", null, "Audience must be set")]
    [InlineData("https://issuer.test", " ", "Audience must be set")]
    public void Unsafe_issuer_fails_the_start(string issuer, string? audience, string why) =>
        Assert.Contains(why, StartFailure(options => (options.Issuer, options.Audience) = (issuer, audience)), StringComparison.Ordinal);

    [Fact]
    public void Options_out_of_range_fail_the_start_each_by_its_name()
    {
        var failure = StartFailure(options =>
        {
            options.Algorithms = ["RS256", "HS256"];
            options.ClockSkew = TimeSpan.FromMinutes(6);
            options.MaximumLifetime = TimeSpan.Zero;
            options.RefreshInterval = TimeSpan.Zero;
            options.UnknownKeyCooldown = TimeSpan.Zero;
            options.BackchannelTimeout = TimeSpan.Zero;
            options.MaximumDocumentBytes = 10;
            options.RememberedTokens = -1;
        });

        string[] names = ["Algorithms", "ClockSkew", "MaximumLifetime", "RefreshInterval", "UnknownKeyCooldown", "BackchannelTimeout", "MaximumDocumentBytes", "RememberedTokens"];
        Assert.All(names, name => Assert.Contains($"Token issuer 'api': {name} ", failure, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3600, "valid")]
    [InlineData(3601, "lifetime")]
    public async Task Lifetime_may_be_limited(int seconds, string outcome)
    {
        await using var harness = await TokensHarness.StartAsync(options => options.MaximumLifetime = TimeSpan.FromHours(1));

        Assert.Equal(outcome, await harness.OutcomeAsync(harness.Issuer.Token(claims => claims["exp"] = (long)claims["iat"]! + seconds)));
    }

    [Fact]
    public void Event_ids_are_unique()
    {
        var ids = typeof(EventIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetRawConstantValue()).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    private static string StartFailure(Action<OidcIssuerOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddTokens().AddOidcIssuer("api", configure);
        using var provider = services.BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).Message;
    }

    private sealed class FixedKeys(string jwk) : ITokenKeySource
    {
        private readonly TokenKeySet _set = new([jwk]);

        public ValueTask<TokenKeySet?> GetAsync(CancellationToken cancellationToken) => new(_set);

        public ValueTask<TokenKeySet> RefreshAsync(TokenKeySet seen, CancellationToken cancellationToken) => new(seen);
    }
}
