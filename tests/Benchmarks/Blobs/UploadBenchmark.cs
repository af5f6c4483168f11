using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Blobs.FileSystem;

namespace Switchyard.Benchmarks.Blobs;

/// <summary>
/// Uploads 1 GiB to file-system blobs over loopback, and the same bytes through a bare Kestrel endpoint into a file that is
/// flushed to disk likewise. Client and servers share this process, so the memory that is counted is that of both sides.
/// </summary>
internal sealed class UploadBenchmark : IBenchmark
{
    private const long MiB = 1024 * 1024;
    private const int Rounds = 3;
    private const long MostGrowth = 64 * MiB;
    private const double LeastRatio = 0.5;

    public string Name => "upload";

    public string Summary => "1 GiB to file-system blobs at 0.5 x a bare endpoint's speed, in less than 64 MiB (argument: MiB)";

    public async Task<Verdict> RunAsync(string[] args)
    {
        var bytes = (args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1024) * MiB;
        var folder = Directory.CreateTempSubdirectory("switchyard-upload-").FullName;
        try
        {
            await using var app = await StartAsync(folder);
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var blobs = app.Services.GetRequiredService<IBlobStore>();
            var blobUrl = await blobs.CreateUploadUrlAsync("jobs/benchmark/input", new UploadGrant(TimeSpan.FromHours(1), bytes), CancellationToken.None);
            var bareUrl = new Uri(new Uri(app.Urls.First()), "/bare");
            await PutAsync(client, bareUrl, 64 * MiB);
            await PutAsync(client, blobUrl, 64 * MiB);

            var (bare, blob, growth) = (0.0, 0.0, 0L);
            for (var round = 0; round < Rounds; round++)
            {
                bare = Math.Max(bare, await PutAsync(client, bareUrl, bytes));
                using var memory = new MemoryWatch();
                blob = Math.Max(blob, await PutAsync(client, blobUrl, bytes));
                growth = Math.Max(growth, memory.Growth);
            }

            var stored = await blobs.FindAsync("jobs/benchmark/input", CancellationToken.None);
            return Report(bytes, bare, blob, growth) && stored?.Size == bytes ? Verdict.Pass : Verdict.Fail;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Report(long bytes, double bare, double blob, long growth)
    {
        var ratio = blob / bare;
        var (fast, flat) = (ratio >= LeastRatio, growth < MostGrowth);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"upload of {bytes / MiB} MiB, best of {Rounds}, both flushed to disk"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  bare Kestrel endpoint to a file  {bare,8:F0} MiB/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  file-system blobs                {blob,8:F0} MiB/s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ratio                            {ratio,8:F2}  (at least {LeastRatio})  {(fast ? "PASS" : "FAIL")}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  memory growth, worst             {(double)growth / MiB,8:F1} MiB (below {MostGrowth / MiB})  {(flat ? "PASS" : "FAIL")}"));
        return fast && flat;
    }

    /// <summary>Uploads, and gives the speed in MiB a second.</summary>
    private static async Task<double> PutAsync(HttpClient client, Uri url, long bytes)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var content = new RepeatedContent(bytes);
        using var response = await client.PutAsync(url, content);
        response.EnsureSuccessStatusCode();
        return (double)bytes / MiB / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<WebApplication> StartAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.AddFileSystemBlobs(o =>
        {
            o.Directory = Path.Combine(folder, "blobs");
            o.PublicUrl = new Uri("http://127.0.0.1");
            o.SigningKey = new byte[32];
        });
        builder.Services.AddBlobsApi();
        var app = builder.Build();
        app.MapBlobs();
        app.MapPut("/bare", async (HttpContext context) =>
        {
            await using var file = new FileStream(Path.Combine(folder, "bare"), FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            await context.Request.Body.CopyToAsync(file);
            file.Flush(flushToDisk: true);
        });
        await app.StartAsync();
        app.Services.GetRequiredService<IOptions<FileSystemBlobsOptions>>().Value.PublicUrl = new Uri(app.Urls.First());
        return app;
    }
}
