using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Operations;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Upkeep;

public sealed class JobsHealthTests
{
    [Theory]
    [InlineData(0, 0, 0, HealthStatus.Healthy, "Jobs are run as they come due.")]
    [InlineData(59, 0, 9, HealthStatus.Healthy, "Jobs are run as they come due.")]
    [InlineData(60, 0, 0, HealthStatus.Degraded, "Jobs: a job has been due for 60 s.")]
    [InlineData(900, 1, 0, HealthStatus.Unhealthy, "Jobs: a job has been due for 900 s; there are 1 dead letters.")]
    [InlineData(0, 0, 10, HealthStatus.Degraded, "Jobs: 10 leases were lost in the last minutes.")]
    [InlineData(0, 500, 0, HealthStatus.Degraded, "Jobs: there are 500 dead letters.")]
    public void Worst_figure_decides_and_each_that_is_out_of_bounds_is_named(int dueSeconds, long deadLetters, int losses, HealthStatus status, string description)
    {
        var store = new JobStoreHealth(TimeSpan.FromSeconds(dueSeconds), deadLetters, 0);

        Assert.Equal((status, description), JobsHealth.Judge(store, losses, new JobsHealthOptions()));
    }

    [Fact]
    public void Bounds_that_are_off_bound_nothing()
    {
        var off = new JobsHealthOptions { DegradedDueAge = null, UnhealthyDueAge = null, DegradedDeadLetters = null, DegradedLeaseLosses = null };

        Assert.Equal(HealthStatus.Healthy, JobsHealth.Judge(new JobStoreHealth(TimeSpan.FromDays(9), 9_999, 0), 9_999, off).Status);
    }

    [Fact]
    public async Task Check_asks_the_store_and_counts_the_leases_that_this_process_lost()
    {
        var clock = new ManualTimeProvider();
        await using var services = Services(clock, new FakeMaintenance(clock) { Health = new JobStoreHealth(null, 0, 3) });
        for (var loss = 0; loss < 10; loss++)
        {
            services.GetRequiredService<JobsInstruments>().OnLeaseLost("kind");
        }

        var entry = await CheckAsync(services);

        Assert.Equal((HealthStatus.Degraded, "Jobs: 10 leases were lost in the last minutes."), (entry.Status, entry.Description));
        Assert.Equal((10, 0L, 3L), (entry.Data["leaseLosses"], entry.Data["deadLetters"], entry.Data["suspects"]));
        clock.Advance(TimeSpan.FromMinutes(6));
        await CheckAsync(services);
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
    }

    [Fact]
    public async Task Store_that_keeps_no_figures_is_degraded_and_one_that_cannot_be_asked_fails()
    {
        var clock = new ManualTimeProvider();
        await using var none = Services(clock, null);
        await using var down = Services(clock, new FakeMaintenance(clock) { Fault = () => new IOException("down") });

        var entry = await CheckAsync(none);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("IJobMaintenance", entry.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(down)).Status);
    }

    [Fact]
    public async Task Check_without_jobs_says_which_line_to_add()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks().AddSwitchyardJobs();
        await using var provider = services.BuildServiceProvider();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => CheckAsync(provider));

        Assert.Equal("There are no jobs to check. Add them: builder.Services.AddJobs().", thrown.Message);
    }

    private static ServiceProvider Services(ManualTimeProvider clock, IJobMaintenance? maintenance)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<TimeProvider>(clock);
        services.AddJobs();
        if (maintenance is not null)
        {
            services.AddSingleton(maintenance);
        }

        services.AddHealthChecks().AddSwitchyardJobs();
        return services.BuildServiceProvider();
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider services) =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["switchyard-jobs"];
}
