using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Ingest;
using Switchyard.Jobs;
using Switchyard.Scheduling;

namespace Switchyard.Storage.EfCore.Tests;

public sealed class RegistrationTests : IJobsBuilder, IIngestBuilder, ISchedulingBuilder
{
    public IServiceCollection Services { get; } = new ServiceCollection();

    [Fact]
    public void Registering_twice_is_registering_once()
    {
        UseAll();
        var once = Services.Select(service => (service.ServiceType, service.ImplementationType)).ToArray();

        UseAll();

        Assert.Equal(once, Services.Select(service => (service.ServiceType, service.ImplementationType)));
    }

    [Fact]
    public void Adapter_that_was_registered_before_stays()
    {
        var mine = new TestSignal();
        Services.AddSingleton<IJobSignal>(mine);
        Services.AddSingleton(TimeProvider.System);
        UseAll();

        Assert.Single(Services, service => service.ServiceType == typeof(TimeProvider));
        Assert.Single(Services, service => service.ServiceType == typeof(IJobQueue) && service.Lifetime == ServiceLifetime.Scoped);
    }

    [Fact]
    public async Task Context_without_a_dialect_stops_the_start_with_the_line_to_add()
    {
        Services.AddSingleton<IJobSignal>(new TestSignal());
        Services.AddDbContext<AppDbContext>(options => options.UseNpgsql("Host=nowhere.invalid"));
        UseAll();
        await using var provider = Services.BuildServiceProvider();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => provider.GetServices<IHostedService>().Single().StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("UseSwitchyardSqlite", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(AppDbContext), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingest_without_the_kernel_says_which_line_is_missing()
    {
        Services.AddLogging();
        Services.AddDbContext<AppDbContext>(options => options.UseSwitchyardSqlite("Data Source=:memory:"));
        IngestBuilderEfCoreExtensions.UseEfCore<AppDbContext>(this);
        await using var provider = Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        var error = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IIngestJobStore>);

        Assert.Contains("builder.Services.AddJobs().UseEfCore<AppDbContext>()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scheduling_without_the_kernel_says_which_line_is_missing()
    {
        Services.AddLogging();
        Services.AddDbContext<AppDbContext>(options => options.UseSwitchyardSqlite("Data Source=:memory:"));
        SchedulingBuilderEfCoreExtensions.UseEfCore<AppDbContext>(this);
        await using var provider = Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        foreach (var port in new[] { typeof(IScheduleStore), typeof(IExecutionStore) })
        {
            var error = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService(port));
            Assert.Contains("builder.Services.AddJobs().UseEfCore<AppDbContext>()", error.Message, StringComparison.Ordinal);
        }
    }

    private void UseAll()
    {
        JobsBuilderEfCoreExtensions.UseEfCore<AppDbContext>(this);
        IngestBuilderEfCoreExtensions.UseEfCore<AppDbContext>(this);
        SchedulingBuilderEfCoreExtensions.UseEfCore<AppDbContext>(this);
    }
}
