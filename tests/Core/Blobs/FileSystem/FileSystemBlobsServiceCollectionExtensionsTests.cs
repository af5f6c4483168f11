using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.TestKit;

namespace Switchyard.Blobs.FileSystem.Tests;

public sealed class FileSystemBlobsServiceCollectionExtensionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Adding_twice_adds_once()
    {
        var services = new ServiceCollection();
        services.AddFileSystemBlobs();
        var once = services.Count;

        var builder = services.AddFileSystemBlobs();

        Assert.Equal(once, services.Count);
        Assert.Same(services, builder.Services);
    }

    [Fact]
    public void Later_configuration_counts_and_a_bare_container_suffices()
    {
        using var provider = Configured(new ServiceCollection()).AddFileSystemBlobs(o => o.PathPrefix = "/files").Services.BuildServiceProvider();

        Assert.IsType<FileSystemBlobStore>(provider.GetRequiredService<IBlobStore>());
        Assert.Equal("/files", provider.GetRequiredService<SignedBlobUrls>().PathPrefix);
    }

    [Fact]
    public async Task Store_is_swept_at_start_in_the_background()
    {
        var builder = Host.CreateApplicationBuilder();
        Configured(builder.Services);
        var leftover = Directory.CreateDirectory(_folder.Combine("blobs", "uploads")).FullName + "/half";
        await File.WriteAllTextAsync(leftover, "half", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(leftover, DateTime.UnixEpoch);
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.HoldsAsync(() => !File.Exists(leftover), "the leftover is swept");
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Missing_options_stop_the_start_and_say_what_to_set()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddFileSystemBlobs(o =>
        {
            o.PathPrefix = "blobs/";
            o.LeftoverAge = TimeSpan.Zero;
            o.SigningKey = new byte[31];
            o.PublicUrl = new Uri("/relative", UriKind.Relative);
        });
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            [
                "FileSystemBlobsOptions.Directory is missing: name the folder that holds the blobs, such as \"./data/blobs\".",
                "FileSystemBlobsOptions.PublicUrl must be the host's absolute http or https URL without a query, such as \"https://api.example.org\".",
                "FileSystemBlobsOptions.SigningKey must be 32 bytes or more, such as RandomNumberGenerator.GetBytes(32), the same on every node.",
                "FileSystemBlobsOptions.PathPrefix must be a path of [A-Za-z0-9_.-] segments that begins with '/' and doesn't end with it, such as \"/blobs\".",
                "FileSystemBlobsOptions.LeftoverAge must be a minute or more: a younger file may belong to an upload under way.",
            ],
            failure.Failures);
    }

    public void Dispose() => _folder.Dispose();

    private IServiceCollection Configured(IServiceCollection services) => services.AddFileSystemBlobs(o =>
    {
        o.Directory = _folder.Combine("blobs");
        o.PublicUrl = new Uri("http://localhost:8080");
        o.SigningKey = new byte[32];
    }).Services;
}
