namespace PackageConsumer.Snippets;

internal static class AspNetCoreScheduling
{
    public static WebApplication Build(WebApplicationBuilder builder, string secret)
    {
        builder.Services.AddTokens().AddSharedSecret("scheduler", o => { o.Secret = secret; o.Audience = "authenticated"; });
        builder.Services.AddAuthentication().AddSwitchyardTokens("scheduler");
        builder.Services.AddSchedulingApi(o => o.AuthenticationScheme = "scheduler");

        var app = builder.Build();
        app.MapScheduling();
        return app;
    }
}
