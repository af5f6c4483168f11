using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PackageConsumer.Snippets;
using Switchyard.Blobs;
using Switchyard.Blobs.FileSystem;

namespace PackageConsumer.Uses;

/// <summary>Keeps a report, and downloads it by its signed URL.</summary>
internal static class FileBlobs
{
    public static async Task<string> UseAsync()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var builder = Host.CreateBuilder();
        BlobsFileSystem.Add(builder, key);
        await using var app = AspNetCoreBlobs.Build(builder, key);
        await app.StartAsync();
        app.Services.GetRequiredService<IOptions<FileSystemBlobsOptions>>().Value.PublicUrl = new Uri(app.Urls.Single());

        var url = await BlobsFileSystem.UseAsync(app.Services.GetRequiredService<IBlobStore>(), new MemoryStream("a report"u8.ToArray()), CancellationToken.None);
        using var client = new HttpClient();
        Host.Require(await client.GetStringAsync(url) == "a report", "the download is what was written");
        using var altered = await client.GetAsync(url.AbsoluteUri + "x");
        Host.Require((int)altered.StatusCode == StatusCodes.Status403Forbidden, "an altered URL is refused");
        await app.StopAsync();
        return $"{url.AbsolutePath} was downloaded by its signed URL";
    }
}
