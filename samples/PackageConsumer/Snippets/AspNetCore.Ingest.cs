namespace PackageConsumer.Snippets;

internal static class AspNetCoreIngest
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddTokens().AddOidcIssuer("ingest", o => { o.Issuer = "https://idp.example.org"; o.Audience = "https://api.example.org"; });
        builder.Services.AddAuthentication().AddSwitchyardTokens("ingest");
        builder.Services.AddBlobsApi();
        builder.Services.AddIngestApi(o => o.AuthenticationScheme = "ingest");

        var app = builder.Build();
        app.MapIngest();
        app.MapBlobs();
        return app;
    }
}
