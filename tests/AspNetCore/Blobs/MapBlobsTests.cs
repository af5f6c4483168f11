using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Blobs;
using Switchyard.TestKit;

namespace Switchyard.AspNetCore.Blobs.Tests;

public sealed class MapBlobsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plain_curl_uploads_and_downloads()
    {
        var curl = Requires.Program("curl", "apt-get install -y curl");
        await using var host = await BlobsHost.StartAsync();
        var file = host.Folder.Combine("upload.csv");
        await File.WriteAllTextAsync(file, string.Join('\n', Enumerable.Range(0, 300_000)), Token);

        var url = await host.UploadUrlAsync(maxBytes: 5_000_000);
        var upload = await RunAsync(curl, "-sS", "-w", "%{http_code}", "-X", "PUT", "--data-binary", "@" + file, url.AbsoluteUri);
        var tooLarge = await RunAsync(curl, "-sS", "-w", "%{http_code}", "-X", "PUT", "--data-binary", "@" + file, (await host.UploadUrlAsync("in/other", 1_500_000)).AbsoluteUri);
        var download = await RunAsync(curl, "-sS", (await host.DownloadUrlAsync()).AbsoluteUri);

        Assert.Equal("200", upload);
        Assert.Equal("413", tooLarge);
        Assert.Equal(await File.ReadAllTextAsync(file, Token), download);
        Assert.Null(await host.Store.FindAsync("in/other", Token));
    }

    [Fact]
    public async Task Upload_answers_200_with_the_version_as_entity_tag_and_no_body()
    {
        await using var host = await BlobsHost.StartAsync();

        using var response = await host.Client.PutAsync(await host.UploadUrlAsync(), new ByteArrayContent([1, 2]), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal($"\"{(await host.Store.FindAsync("in/object", Token))!.Version}\"", response.Headers.ETag!.ToString());
        Assert.Null(response.Headers.ConnectionClose);
    }

    [Fact]
    public async Task Head_and_ranges_are_served_and_a_range_of_another_version_is_not()
    {
        await using var host = await BlobsHost.StartAsync();
        var written = await host.Store.WriteAsync("in/object", new MemoryStream([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), Token);
        var url = await host.DownloadUrlAsync();

        using var head = await SendAsync(host, HttpMethod.Head, url);
        using var range = await SendAsync(host, HttpMethod.Get, url, new RangeHeaderValue(2, 4), $"\"{written.Version}\"");
        using var stale = await SendAsync(host, HttpMethod.Get, url, new RangeHeaderValue(2, 4), "\"another\"");
        using var beyond = await SendAsync(host, HttpMethod.Get, url, new RangeHeaderValue(10, 20));

        Assert.Equal((HttpStatusCode.OK, 10L), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Equal($"\"{written.Version}\"", head.Headers.ETag!.ToString());
        Assert.Equal("bytes", head.Headers.AcceptRanges.Single());
        Assert.Equal(HttpStatusCode.PartialContent, range.StatusCode);
        Assert.Equal([2, 3, 4], await range.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
        Assert.Equal(10, (await stale.Content.ReadAsByteArrayAsync(Token)).Length);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Fact]
    public async Task Store_out_of_reach_is_503_with_a_time_to_retry_after_and_a_log_line()
    {
        await using var host = await BlobsHost.StartAsync();
        var (put, get) = (await host.UploadUrlAsync(), await host.DownloadUrlAsync());
        Directory.Delete(host.Folder.Combine("blobs"), recursive: true);

        using var upload = await host.Client.PutAsync(put, new ByteArrayContent([1]), Token);
        using var download = await host.Client.GetAsync(get, Token);

        foreach (var response in new[] { upload, download })
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal("5", response.Headers.RetryAfter!.ToString());
            Assert.Equal("", await response.Content.ReadAsStringAsync(Token));
        }

        Assert.Equal(2, host.Logs.Lines.Count(line => line.Category.StartsWith("Switchyard", StringComparison.Ordinal) && line.Level == Microsoft.Extensions.Logging.LogLevel.Error));
    }

    [Fact]
    public async Task Endpoints_say_that_anybody_may_call_them()
    {
        await using var host = await BlobsHost.StartAsync();

        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.Equal(2, endpoints.Count);
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<IAllowAnonymous>()));
    }

    [Fact]
    public void Missing_registration_says_which_line_to_add()
    {
        var builder = WebApplication.CreateSlimBuilder();
        using var withoutStore = builder.Build();
        var builderWithoutApi = WebApplication.CreateSlimBuilder();
        using var folder = new TemporaryFolder();
        builderWithoutApi.Services.AddFileSystemBlobs(o => (o.Directory, o.PublicUrl, o.SigningKey) = (folder, new Uri("http://localhost"), new byte[32]));
        using var withoutApi = builderWithoutApi.Build();

        Assert.Equal(
            "MapBlobs() needs a service that is missing. Add this line before the app is built: builder.Services.AddFileSystemBlobs(o => { o.Directory = ...; o.PublicUrl = ...; o.SigningKey = ...; });",
            Assert.Throws<InvalidOperationException>(() => withoutStore.MapBlobs()).Message);
        Assert.Equal(
            "MapBlobs() needs a service that is missing. Add this line before the app is built: builder.Services.AddBlobsApi();",
            Assert.Throws<InvalidOperationException>(() => withoutApi.MapBlobs()).Message);
    }

    [Fact]
    public void Adding_twice_adds_once()
    {
        var services = new ServiceCollection();
        services.AddBlobsApi();
        var once = services.Count;

        services.AddBlobsApi();

        Assert.Equal(once, services.Count);
    }

    private static async Task<HttpResponseMessage> SendAsync(BlobsHost host, HttpMethod method, Uri url, RangeHeaderValue? range = null, string? ifRange = null)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Range = range;
        request.Headers.IfRange = ifRange is null ? null : new RangeConditionHeaderValue(ifRange);
        return await host.Client.SendAsync(request, Token);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return output;
    }
}
