using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Switchyard.Blobs.S3.Tests;

public sealed class S3BlobsServiceCollectionExtensionsTests
{
    [Fact]
    public void Adding_twice_adds_once()
    {
        var services = new ServiceCollection();
        services.AddS3Blobs();
        var once = services.Count;

        var builder = services.AddS3Blobs();

        Assert.Equal(once, services.Count);
        Assert.Same(services, builder.Services);
    }

    [Fact]
    public async Task Wrong_options_stop_the_start_and_say_what_to_set()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddS3Blobs(o =>
        {
            o.Endpoint = new Uri("ftp://localhost");
            o.AccessKey = "only one";
            o.RequestTimeout = TimeSpan.Zero;
            o.MaxRetries = -1;
        });
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            [
                "S3BlobsOptions.Bucket is missing: name the bucket, such as \"my-uploads\".",
                "S3BlobsOptions.Endpoint must be an absolute http or https URL, such as \"https://s3.example.org\".",
                "S3BlobsOptions.AccessKey and SecretKey must be set both, or neither for the default credential chain.",
                "S3BlobsOptions.RequestTimeout and TransferTimeout must be positive.",
                "S3BlobsOptions.MaxRetries must be from 0 to 20.",
            ],
            failure.Failures);
    }

    [Fact]
    public async Task Without_an_endpoint_urls_are_those_of_aws()
    {
        await using var provider = new ServiceCollection().AddS3Blobs(o =>
        {
            o.Bucket = "my-uploads";
            o.Region = "eu-central-1";
            o.AccessKey = "AKIAANYBODY";
            o.SecretKey = "nothing";
        }).Services.BuildServiceProvider();

        var url = await provider.GetRequiredService<IBlobStore>().CreateUploadUrlAsync("in/object", new UploadGrant(TimeSpan.FromHours(1), 1), TestContext.Current.CancellationToken);

        Assert.Equal("https://my-uploads.s3.eu-central-1.amazonaws.com/in/object", url.GetLeftPart(UriPartial.Path));
    }
}
