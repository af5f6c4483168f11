using Switchyard.Blobs;

namespace PackageConsumer.Snippets;

internal static class BlobsFileSystem
{
    public static void Add(WebApplicationBuilder builder, byte[] signingKey)
    {
        builder.Services.AddFileSystemBlobs(o =>
        {
            o.Directory = "data/blobs";
            o.PublicUrl = new Uri("https://api.example.org");
            o.SigningKey = signingKey;
        });
    }

    public static async Task<Uri> UseAsync(IBlobStore blobs, Stream report, CancellationToken cancellationToken)
    {
        var stored = await blobs.WriteAsync("reports/2026", report, cancellationToken);
        var kept = await blobs.FreezeAsync(stored, "kept/2026", cancellationToken);
        Uri download = await blobs.CreateDownloadUrlAsync("kept/2026", TimeSpan.FromHours(1), cancellationToken);
        return kept is null ? throw new InvalidOperationException("The report changed meanwhile.") : download;
    }
}
