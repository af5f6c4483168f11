using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.TestKit.Tokens;

namespace Switchyard.AspNetCore.Tokens.Tests;

public sealed class SecretsInLogsTests
{
    [Fact]
    public async Task Neither_tokens_nor_claims_nor_keys_are_logged_at_any_level()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var log = new ConcurrentQueue<string>();
        await using var app = await StartAsync(issuer, log);
        var good = issuer.Token(claims => claims["canary"] = "canary-claim");
        var bad = issuer.Token(header: header => header["kid"] = "canary-kid");
        var secret = TestToken.CreateHs("another-secret-of-32-bytes-length"u8.ToArray(), issuer.Claims("canary-scope"));

        Assert.Equal(200, (await RawHttp.GetAsync(app.Urls.First() + "/api", $"Authorization: Bearer {good}")).Status);
        Assert.Equal(401, (await RawHttp.GetAsync(app.Urls.First() + "/api", $"Authorization: Bearer {bad}")).Status);
        Assert.Equal(401, (await RawHttp.GetAsync(app.Urls.First() + "/secret", $"Authorization: Bearer {secret}")).Status);
        issuer.Fault = IssuerFault.Html;
        Assert.Equal(401, (await RawHttp.GetAsync(app.Urls.First() + "/api", $"Authorization: Bearer {bad}x")).Status);

        string[] canaries = ["canary", "wPq8s-Jk2vB9xN4mLt7yRf3hZc6aDg1e", .. good.Split('.'), .. bad.Split('.'), .. secret.Split('.'), (string)issuer.Key.PublicJwk()["n"]!];
        Assert.Contains(log, line => line.Contains("was refused: unknown_key", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("was refused: signature", StringComparison.Ordinal));
        Assert.All(canaries, canary => Assert.DoesNotContain(log, line => line.Contains(canary, StringComparison.Ordinal)));
    }

    private static async Task<WebApplication> StartAsync(TestIssuer issuer, ConcurrentQueue<string> log)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(new QueueLoggers(log));

        // Kestrel's own trace of connections shows every byte; nothing that is shipped turns it on.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Information);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddTokens()
            .AddOidcIssuer("api", options => (options.Issuer, options.Audience, options.AllowHttp) = (issuer.Issuer, TestIssuer.Audience, true))
            .AddSharedSecret("secret", options => (options.Secret, options.Audience) = ("wPq8s-Jk2vB9xN4mLt7yRf3hZc6aDg1e", TestIssuer.Audience));
        builder.Services.AddAuthentication().AddSwitchyardTokens("api").AddSwitchyardTokens("secret");
        builder.Services.AddAuthorization();
        var app = builder.Build();
        foreach (var name in (string[])["api", "secret"])
        {
            app.MapGet("/" + name, () => "ok").RequireAuthorization(policy => policy.AddAuthenticationSchemes(name).RequireAuthenticatedUser());
        }

        await app.StartAsync();
        return app;
    }

    private sealed class QueueLoggers(ConcurrentQueue<string> log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new QueueLogger(log, categoryName);

        public void Dispose()
        {
        }
    }

    private sealed class QueueLogger(ConcurrentQueue<string> log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{category}: {formatter(state, exception)} {exception}");
    }
}
