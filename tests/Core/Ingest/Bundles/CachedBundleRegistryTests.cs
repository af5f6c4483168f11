using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.TestKit;

namespace Switchyard.Ingest.Bundles;

public sealed class CachedBundleRegistryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly LogCapture _logs = new();

    [Fact]
    public async Task A_folder_is_read_again_after_five_minutes_and_keys_match_exactly()
    {
        Write("X");
        using var registry = Create(_folder);
        Assert.NotNull(await FindAsync(registry, "assessments/X"));
        Write("Y");

        Assert.Null(await FindAsync(registry, "assessments/Y"));
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.NotNull(await FindAsync(registry, "assessments/Y"));
        Assert.Null(await FindAsync(registry, "assessments/y"));
        Assert.Null(await FindAsync(registry, "/assessments/Y"));
    }

    [Fact]
    public async Task The_stale_copy_is_served_when_reading_again_fails()
    {
        Write("X");
        using var registry = Create(_folder);
        Assert.NotNull(await FindAsync(registry, "assessments/X"));
        File.WriteAllText(_folder.Combine("X", "_metadata.yaml"), "{{{");
        _clock.Advance(TimeSpan.FromMinutes(6));

        Assert.NotNull(await FindAsync(registry, "assessments/X"));
        Assert.Single(_logs.Lines, line => line.StartsWith("Warning 1 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_first_reading_that_fails_is_an_error_at_use_and_is_tried_again_at_the_next()
    {
        var path = _folder.Combine("registry.json");
        using var registry = Create(path);
        await Assert.ThrowsAsync<BundlesUnavailableException>(() => FindAsync(registry, "assessments/X"));

        File.WriteAllText(path, """{"assessments":[{"display_name":"X","path":"assessments/X","input_files":[{"env_var":"F"}]}]}""");

        Assert.NotNull(await FindAsync(registry, "assessments/X"));
    }

    [Fact]
    public async Task One_bundle_given_twice_is_an_error()
    {
        Write("X");
        Write("X", folder: "Z");
        using var registry = Create(_folder);

        var exception = await Assert.ThrowsAsync<BundlesUnavailableException>(() => FindAsync(registry, "assessments/X"));

        Assert.Contains("'assessments/X' is there twice", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_bundles_load_from_registry_and_folder()
    {
        var data = Requires.RealData();

        var bundles = BundleSource.Read(Path.Combine(data, "registry.json"), useSample: false);
        using var registry = Create(data);

        Assert.Equal(42, bundles.Count);
        foreach (var key in new[] { "assessments/ACT", "assessments/PSAT_SAT", "assessments/STAR", "assessments/MAP_Growth", "assessments/IB" })
        {
            Assert.Equivalent(bundles[key], await FindAsync(registry, key), strict: true);
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _logs.Dispose();
    }

    private static Task<Bundle?> FindAsync(CachedBundleRegistry registry, string key) => registry.FindAsync(key, TestContext.Current.CancellationToken);

    private void Write(string name, string? folder = null)
    {
        Directory.CreateDirectory(_folder.Combine(folder ?? name));
        File.WriteAllText(_folder.Combine(folder ?? name, "_metadata.yaml"), $"display_name: {name}\npath: assessments/{name}\ninput_files: [{{env_var: INPUT_FILE}}]");
    }

    private CachedBundleRegistry Create(string path) =>
        new(Options.Create(new IngestOptions { BundlesPath = path }), _clock, LoggerFactory.Create(logging => logging.AddProvider(_logs)).CreateLogger<CachedBundleRegistry>());
}
