using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;

namespace Switchyard.Ingest;

public sealed class IngestServiceCollectionExtensionsTests
{
    [Fact]
    public void Adding_twice_adds_nothing_more()
    {
        var services = new ServiceCollection();
        services.AddIngest().UseInMemory();
        var before = services.Count(IsOurs);

        services.AddIngest().UseInMemory();

        Assert.Equal(before, services.Count(IsOurs));
    }

    [Theory]
    [InlineData("Ingest needs an IIngestJobStore. Add: builder.Services.AddIngest().UseEfCore<AppDbContext>()", 0)]
    [InlineData("Ingest needs an IBlobStore. Add: builder.Services.AddFileSystemBlobs(", 1)]
    [InlineData("Ingest needs an IAnalyticsLoader. Add: builder.Services.AddIngest().UseSqliteAnalytics(", 2)]
    [InlineData("Ingest needs an IJobStore. Add: builder.Services.AddJobs().UseEfCore<AppDbContext>()", 3)]
    public async Task What_is_missing_stops_the_start_with_the_line_that_adds_it(string begins, int given)
    {
        var builder = Host.CreateApplicationBuilder();
        var ingest = builder.Services.AddIngest();
        _ = given >= 1 ? ingest.UseInMemory() : ingest;
        _ = given >= 2 ? builder.Services.AddSingleton<IBlobStore>(new MemoryBlobs()) : builder.Services;
        _ = given >= 3 ? builder.Services.AddSingleton<IAnalyticsLoader>(new FakeLoader()) : builder.Services;
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith(begins, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("callback", "CallbackKey must be at least 32 bytes")]
    [InlineData("callback", "PublicUrl must be the host's own base URL for the executor 'callback'")]
    [InlineData("command", "Command must be a command line")]
    public void An_executor_that_calls_back_needs_its_options(string executor, string says)
    {
        var services = new ServiceCollection();
        services.AddIngest(options => options.Executor = executor);
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<IngestOptions>>().Value);

        Assert.Contains(exception.Failures, failure => failure.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_limit_of_nothing_is_refused()
    {
        var services = new ServiceCollection();
        services.AddIngest(options => options.TimeLimit = TimeSpan.Zero);
        using var provider = services.BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<IngestOptions>>().Value);
    }

    private static bool IsOurs(ServiceDescriptor service) => service.ServiceType != typeof(IConfigureOptions<IngestOptions>);
}
