namespace PackageConsumer.Snippets;

internal static class AspNetCoreBlobs
{
    public static WebApplication Build(WebApplicationBuilder builder, byte[] signingKey)
    {
        builder.Services.AddFileSystemBlobs(o =>
        {
            o.Directory = "data/blobs";
            o.PublicUrl = new Uri("https://api.example.org");
            o.SigningKey = signingKey;
        });
        builder.Services.AddBlobsApi();

        var app = builder.Build();
        app.MapBlobs();
        return app;
    }
}
