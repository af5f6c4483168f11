using Switchyard.Blobs;

namespace PackageConsumer.Snippets;

internal static class BlobsS3
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddS3Blobs(o =>
        {
            o.Bucket = "my-uploads";
            o.Endpoint = new Uri("http://localhost:9000"); // leave out for AWS
            o.Region = "eu-central-1";
        });
    }

    public static async Task<Uri> UseAsync(IBlobStore blobs, CancellationToken cancellationToken)
    {
        Uri upload = await blobs.CreateUploadUrlAsync("in/1", new UploadGrant(TimeSpan.FromHours(1), MaxBytes: 5_000_000), cancellationToken);
        return upload;
    }
}
