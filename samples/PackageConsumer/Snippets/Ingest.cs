namespace PackageConsumer.Snippets;

internal static class Ingest
{
    public static void Add(WebApplicationBuilder builder, byte[] signingKey)
    {
        builder.Services.AddJobs().UseEfCore<AppDbContext>();
        builder.Services.AddFileSystemBlobs(o =>
        {
            o.Directory = "data/blobs";
            o.PublicUrl = new Uri("https://api.example.org");
            o.SigningKey = signingKey;
        });
        builder.Services.AddIngest(o =>
            {
                o.PartnersFile = "partners.yml";
                o.BundlesPath = "bundles";
            })
            .UseEfCore<AppDbContext>()
            .UseSqliteAnalytics(o => o.Directory = "data/analytics");
    }
}
