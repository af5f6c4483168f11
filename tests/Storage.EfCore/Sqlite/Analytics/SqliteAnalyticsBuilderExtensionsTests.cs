using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Switchyard.Ingest;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

public sealed class SqliteAnalyticsBuilderExtensionsTests
{
    [Fact]
    public void Adding_twice_adds_nothing_more_and_an_adapter_of_your_own_stays()
    {
        var builder = new Builder(new ServiceCollection());
        builder.UseSqliteAnalytics();
        var before = builder.Services.Count;

        builder.UseSqliteAnalytics();

        Assert.Equal(before, builder.Services.Count);
        using var provider = builder.Services.BuildServiceProvider();
        Assert.Equal("sqlite", provider.GetRequiredService<IAnalyticsLoader>().Engine);
    }

    [Fact]
    public async Task A_blank_folder_is_refused()
    {
        var builder = new Builder(new ServiceCollection());
        builder.UseSqliteAnalytics(options => options.Directory = " ");
        await using var provider = builder.Services.BuildServiceProvider();

        await Assert.ThrowsAsync<OptionsValidationException>(() => provider.GetRequiredService<IAnalyticsLoader>().LoadAsync(
            new AnalyticsLoad { Partner = "a", Tenant = "b", Table = "t", RunUid = Guid.NewGuid(), OpenAsync = _ => throw new InvalidOperationException() },
            TestContext.Current.CancellationToken));
    }

    private sealed class Builder(IServiceCollection services) : IIngestBuilder
    {
        public IServiceCollection Services => services;
    }
}
