using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.TestKit;
using Switchyard.TestKit.Tokens;

namespace Switchyard.AspNetCore.Tokens.Tests;

/// <summary>An app on loopback, with an issuer, a disabled one and a few protected routes.</summary>
internal sealed class TokenApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TokenApp(WebApplication app, TestIssuer issuer, ManualTimeProvider clock)
    {
        _app = app;
        Issuer = issuer;
        Clock = clock;
    }

    public TestIssuer Issuer { get; }

    public ManualTimeProvider Clock { get; }

    public string Url => _app.Urls.First();

    public static async Task<TokenApp> StartAsync(IssuerFault fault = IssuerFault.None)
    {
        var clock = new ManualTimeProvider();
        var issuer = await TestIssuer.StartAsync(clock);
        issuer.Fault = fault;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddTokens()
            .AddOidcIssuer("api", options => (options.Issuer, options.Audience, options.AllowHttp) = (issuer.Issuer, TestIssuer.Audience, true))
            .AddOidcIssuer("off");
        builder.Services.AddAuthentication().AddSwitchyardTokens("api").AddSwitchyardTokens("off");
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("plain-claim", policy => policy.AddAuthenticationSchemes("api").RequireClaim("scope", "create:jobs"));
        var app = builder.Build();
        Map(app);
        await app.StartAsync();
        return new TokenApp(app, issuer, clock);
    }

    public Task<RawAnswer> GetAsync(string path, params string[] headers) => RawHttp.GetAsync(Url + path, headers);

    public Task<RawAnswer> GetWithAsync(string path, string token) => GetAsync(path, $"Authorization: Bearer {token}");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/open", () => "open");
        app.MapGet("/any", (HttpContext context) => context.User.FindFirst("client_id")?.Value ?? "nobody")
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes("api").RequireAuthenticatedUser());
        app.MapGet("/jobs", () => "jobs").RequireAuthorization(policy => policy.AddAuthenticationSchemes("api").RequireScope("create:jobs"));
        app.MapGet("/both", () => "both").RequireAuthorization(policy => policy.AddAuthenticationSchemes("api").RequireScope("create:jobs", "read:jobs"));
        app.MapGet("/plain", () => "plain").RequireAuthorization("plain-claim");
        app.MapGet("/admin", () => "admin").RequireAuthorization(policy => policy.AddAuthenticationSchemes("api").RequireRole("Admin"));
        app.MapGet("/off", () => "off").RequireAuthorization(policy => policy.AddAuthenticationSchemes("off").RequireScope("create:jobs"));
    }
}
