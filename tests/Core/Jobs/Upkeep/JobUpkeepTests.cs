using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Switchyard.Jobs.Diagnostics;
using Switchyard.Jobs.Operations;
using Switchyard.Jobs.Worker;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Upkeep;

public sealed class JobUpkeepTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FakeMaintenance _store;
    private ServiceProvider _services = null!;
    private JobsMetrics _metrics = null!;

    public JobUpkeepTests() => _store = new FakeMaintenance(_clock);

    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Ended_jobs_are_removed_in_small_batches_with_pauses_and_then_again_an_interval_later()
    {
        _store.Ended = 1_120;
        var upkeep = await StartAsync(options => options.RetentionInterval = TimeSpan.FromMinutes(10));

        await AdvanceUntilAsync(() => _store.Ended == 0, TimeSpan.FromMilliseconds(50));
        Assert.Equal([500, 500, 500], _store.Prunes.Select(prune => prune.Max));
        var times = _store.Prunes.Select(prune => prune.At).ToArray();
        Assert.All([times[1] - times[0], times[2] - times[1]], pause => Assert.InRange(pause, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5)));
        await Eventually.HoldsAsync(() => _metrics[JobsDiagnostics.Pruned] == 1_120, "they are counted");

        await AdvanceUntilAsync(() => _store.Prunes.Count == 4, TimeSpan.FromSeconds(5));
        Assert.InRange(_store.Prunes[3].At - times[2], TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(12.2));
        await upkeep.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Store_that_fails_is_looked_after_again_and_its_figures_are_shown()
    {
        var down = true;
        _store.Fault = () => down ? new IOException() : null;
        _store.Health = new JobStoreHealth(TimeSpan.FromSeconds(90), 4, 2);
        var upkeep = await StartAsync();
        await AdvanceUntilAsync(() => _store.HealthCalls >= 2 && _store.Prunes.Count >= 1, TimeSpan.FromSeconds(5));
        Assert.Null(_metrics.Latest(JobsDiagnostics.OldestDueAge));
        Assert.True(_metrics[$"{JobsDiagnostics.StoreFailures}:maintenance"] >= 2);

        down = false;
        await AdvanceUntilAsync(() => _metrics.Latest(JobsDiagnostics.OldestDueAge) == 90, TimeSpan.FromSeconds(5));
        Assert.True(_metrics[JobsDiagnostics.Suspects] >= 2 && _metrics[JobsDiagnostics.Suspects] % 2 == 0);
        await upkeep.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Process_that_runs_no_jobs_leaves_the_store_alone()
    {
        var upkeep = await StartAsync(options => options.Enabled = false);

        await upkeep.ExecuteTask!;

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 0), (_store.Prunes.Count, _store.HealthCalls));
    }

    private async Task<JobUpkeep> StartAsync(Action<JobsOptions>? configure = null)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics();
        services.AddSingleton<TimeProvider>(_clock).AddSingleton<IJobMaintenance>(_store);
        services.AddJobs(configure).UseInMemory();
        _services = services.BuildServiceProvider();
        _metrics = new JobsMetrics(_services);
        var upkeep = _services.GetServices<IHostedService>().OfType<JobUpkeep>().Single();
        await upkeep.StartAsync(TestContext.Current.CancellationToken);
        return upkeep;
    }

    private Task AdvanceUntilAsync(Func<bool> condition, TimeSpan step) => Eventually.HoldsAsync(
        () =>
        {
            if (condition())
            {
                return true;
            }

            // Several steps between two looks: intervals are long, and nothing happens in most of them.
            for (var count = 0; count < 20 && !condition(); count++)
            {
                _clock.Advance(step);
            }

            return condition();
        },
        "the upkeep gets there");
}
