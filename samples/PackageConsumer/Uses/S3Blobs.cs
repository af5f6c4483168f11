using PackageConsumer.Snippets;
using Switchyard.Blobs;
using Switchyard.Blobs.S3;

namespace PackageConsumer.Uses;

/// <summary>Signs an upload, which needs no store to be there.</summary>
internal static class S3Blobs
{
    public static async Task<string> UseAsync()
    {
        var builder = Host.CreateBuilder();
        BlobsS3.Add(builder);
        builder.Services.Configure<S3BlobsOptions>(o => (o.AccessKey, o.SecretKey) = ("key", "secret"));
        await using var app = builder.Build();
        var url = await BlobsS3.UseAsync(app.Services.GetRequiredService<IBlobStore>(), CancellationToken.None);
        Host.Require(url.GetLeftPart(UriPartial.Path) == "http://localhost:9000/my-uploads/in/1", "the URL is the endpoint's");
        return $"an upload to {url.GetLeftPart(UriPartial.Path)} was signed";
    }
}
