using Microsoft.AspNetCore.Authorization;

namespace PackageConsumer.Snippets;

internal static class AspNetCoreTokens
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddTokens().AddOidcIssuer("ingest", o => { o.Issuer = "https://idp.example.org"; o.Audience = "https://api.example.org"; });
        builder.Services.AddAuthentication().AddSwitchyardTokens("ingest");
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("create", policy => policy.AddAuthenticationSchemes("ingest").RequireScope("create:jobs"));

        var app = builder.Build();
        app.MapPost("/jobs", () => Results.Ok()).RequireAuthorization("create");
        return app;
    }
}
