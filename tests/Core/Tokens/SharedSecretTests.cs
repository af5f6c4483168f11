using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Switchyard.TestKit;
using Switchyard.TestKit.Tokens;

namespace Switchyard.Tokens.Tests;

public sealed class SharedSecretTests
{
    private const string Secret = "wPq8s-Jk2vB9xN4mLt7yRf3hZc6aDg1e";
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Token_signed_with_the_secret_is_valid_whatever_its_kid()
    {
        await using var services = Build(Secret);

        Assert.Equal("valid", await OutcomeAsync(services, Token(Secret)));
        Assert.Equal("valid", await OutcomeAsync(services, TestToken.CreateHs(Encoding.UTF8.GetBytes(Secret), Claims(), header: header => header["kid"] = "any")));
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("your-secret-key")]
    [InlineData("wPq8s-Jk2vB9xN4mLt7yRf3hZc6aDg1E")]
    [InlineData("")]
    public async Task Token_signed_with_another_secret_is_refused(string other)
    {
        await using var services = Build(Secret);

        Assert.Equal("signature", await OutcomeAsync(services, Token(other)));
    }

    [Theory]
    [InlineData("HS384")]
    [InlineData("HS512")]
    [InlineData("RS256")]
    [InlineData("none")]
    public async Task Only_HS256_is_accepted(string algorithm)
    {
        await using var services = Build(Secret);

        Assert.Equal("algorithm", await OutcomeAsync(services, TestToken.CreateHs(Encoding.UTF8.GetBytes(Secret), Claims(), algorithm)));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public async Task Signature_of_another_length_is_refused(int length)
    {
        await using var services = Build(Secret);
        var token = TestToken.Encode("{\"alg\":\"HS256\"}", Claims().ToJsonString(), input => [.. System.Security.Cryptography.HMACSHA512.HashData(Encoding.UTF8.GetBytes(Secret), input)[..length]]);

        Assert.Equal(length == 0 ? "segments" : "signature", await OutcomeAsync(services, token));
    }

    [Fact]
    public async Task Issuer_is_checked_where_one_is_configured()
    {
        await using var services = Build(Secret, options => options.Issuer = "https://issuer.test");
        var right = Claims();
        right["iss"] = "https://issuer.test";

        Assert.Equal("valid", await OutcomeAsync(services, TestToken.CreateHs(Encoding.UTF8.GetBytes(Secret), right)));
        Assert.Equal("issuer", await OutcomeAsync(services, Token(Secret)));
    }

    [Fact]
    public async Task Without_a_secret_every_token_is_unavailable()
    {
        await using var services = Build(null);

        Assert.Equal("unavailable", await OutcomeAsync(services, Token(Secret)));
        Assert.Equal("unavailable", await OutcomeAsync(services, ""));
    }

    [Theory]
    [InlineData("short", "32 bytes")]
    [InlineData("wPq8s-Jk2vB9xN4mLt7yRf3hZc6aDg1", "32 bytes")]
    [InlineData("", "32 bytes")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "guessable")]
    [InlineData("12121212121212121212121212121212", "guessable")]
    [InlineData("your-secret-key", "guessable")]
    [InlineData("super-secret-jwt-token-with-at-least-32-characters-long", "guessable")]
    [InlineData("A-STRING-SECRET-AT-LEAST-256-BITS-LONG", "guessable")]
    public void Weak_secret_fails_the_start(string secret, string why)
    {
        using var services = Build(secret);

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("Token secret 'scheduler'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.True(secret.Length == 0 || !failure.Message.Contains(secret, StringComparison.Ordinal));
    }

    private static Task<string> OutcomeAsync(IServiceProvider services, string token) => Judge.OutcomeAsync(services, "scheduler", token);

    private ServiceProvider Build(string? secret, Action<SharedSecretOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddTokens().AddSharedSecret("scheduler", options =>
        {
            options.Secret = secret;
            options.Audience = "authenticated";
            configure?.Invoke(options);
        });
        return services.BuildServiceProvider();
    }

    private string Token(string secret) => TestToken.CreateHs(Encoding.UTF8.GetBytes(secret), Claims());

    private System.Text.Json.Nodes.JsonObject Claims() => new()
    {
        ["sub"] = "user-1",
        ["aud"] = "authenticated",
        ["exp"] = _clock.GetUtcNow().ToUnixTimeSeconds() + 60,
    };
}
