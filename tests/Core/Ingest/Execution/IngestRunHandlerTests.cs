using Switchyard.Blobs;
using Switchyard.Jobs;
using Switchyard.TestKit;

namespace Switchyard.Ingest.Execution;

public sealed class IngestRunHandlerTests
{
    [Fact]
    public async Task A_run_loads_every_file_and_ends_well_with_counts_by_file()
    {
        await using var host = await IngestHost.StartAsync();
        var runUid = await host.StartedAsync();

        var result = await host.Kernel.RunOneAsync();

        Assert.Equal(JobRunStatus.Succeeded, result!.Status);
        var run = await host.RunAsync(runUid);
        Assert.Equal((IngestRunStatus.Success, "fake", 1L), (run.Status, run.Engine, run.Fence));
        Assert.Equal("""{"INPUT_FILE":{"records_processed":2,"records_skipped":0,"records_failed":0}}""", run.Summary);
        Assert.Equal((host.Clock.GetUtcNow(), host.Clock.GetUtcNow()), (run.StartedAt, run.FinishedAt));
        Assert.Empty(run.Errors);
        var load = Assert.Single(host.Loader.Loads);
        Assert.Equal(("acme", "acme", "assessments/PSAT_SAT__INPUT_FILE", runUid), (load.Partner, load.Tenant, load.Table, load.RunUid));
    }

    [Fact]
    public async Task A_run_gets_one_deadline_when_it_begins_however_often_it_is_attempted()
    {
        await using var host = await IngestHost.StartAsync(options => options.TimeLimit = TimeSpan.FromMinutes(90));
        host.Loader.Does = (_, _) => throw new InvalidOperationException();
        await host.StartedAsync();
        Assert.Equal(JobRunStatus.Retry, (await host.Kernel.RunOneAsync())!.Status);
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(JobRunStatus.Retry, (await host.Kernel.RunOneAsync())!.Status);

        host.Clock.Advance(TimeSpan.FromMinutes(60));

        Assert.Equal(["ingest.run", "ingest.run-deadline"], new[] { (await host.Kernel.ClaimAsync())!.Kind, (await host.Kernel.ClaimAsync())!.Kind }.Order());
        Assert.Null(await host.Kernel.ClaimAsync());
    }

    [Fact]
    public async Task A_refused_file_ends_the_run_with_its_code_and_no_retry()
    {
        await using var host = await IngestHost.StartAsync();
        host.Loader.Does = (_, _) => Task.FromResult<AnalyticsLoadResult>(new AnalyticsLoadResult.Refused("no_rows", "The file has no row."));
        var runUid = await host.StartedAsync();

        await host.Kernel.RunAllAsync();

        var run = await host.RunAsync(runUid);
        Assert.Equal(IngestRunStatus.Error, run.Status);
        Assert.Equal([new("no_rows", "sat_results.csv: The file has no row.")], run.Errors);
        Assert.Single(host.Loader.Loads);
    }

    [Fact]
    public async Task Three_failed_attempts_end_the_run_with_the_code_of_the_last()
    {
        await using var host = await IngestHost.StartAsync();
        var attempts = 0;
        host.Loader.Does = (_, _) => throw (++attempts < 3 ? new InvalidOperationException("secret detail") : new BlobStoreUnavailableException());
        var runUid = await host.StartedAsync();

        await host.Kernel.RunAllAsync();

        var run = await host.RunAsync(runUid);
        Assert.Equal((3, IngestRunStatus.Error, 3L), (attempts, run.Status, run.Fence));
        Assert.Equal(["blob_store_unavailable"], run.Errors.Select(error => error.Code));
        Assert.IsType<StartResult.Started>(await host.StartJobAsync(run.JobUid));
    }

    [Fact]
    public async Task An_unexpected_failure_shows_the_client_nothing_of_itself()
    {
        await using var host = await IngestHost.StartAsync();
        host.Loader.Does = (_, _) => throw new InvalidOperationException("secret detail");
        var runUid = await host.StartedAsync();

        await host.Kernel.RunAllAsync();

        Assert.Equal([IngestErrors.Failed], (await host.RunAsync(runUid)).Errors);
    }

    [Fact]
    public async Task A_stop_of_the_host_is_not_a_failure_of_the_run()
    {
        await using var host = await IngestHost.StartAsync();
        using var stop = new CancellationTokenSource();
        host.Loader.Does = async (_, token) =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            throw new InvalidOperationException("The token was not ours.");
        };
        var runUid = await host.StartedAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Kernel.RunOneUntilAsync(stop.Token));

        Assert.Equal(IngestRunStatus.Running, (await host.RunAsync(runUid)).Status);
    }

    [Fact]
    public async Task A_cancellation_of_the_loaders_own_is_a_failure()
    {
        await using var host = await IngestHost.StartAsync();
        host.Loader.Does = (_, _) => throw new TaskCanceledException("a time-out of its own");
        var runUid = await host.StartedAsync();

        await host.Kernel.RunAllAsync();

        Assert.Equal([IngestErrors.Failed], (await host.RunAsync(runUid)).Errors);
    }

    [Fact]
    public async Task A_run_that_takes_longer_than_its_limit_ends_by_time_out()
    {
        await using var host = await IngestHost.StartAsync(options => options.TimeLimit = TimeSpan.FromMinutes(2));
        host.Loader.Does = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            throw new InvalidOperationException();
        };
        var runUid = await host.StartedAsync();
        var running = host.Kernel.RunOneAsync();
        await Eventually.HoldsAsync(() => host.Loader.Loads.Count == 1, "the loader was called");

        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await running;

        var run = await host.RunAsync(runUid);
        Assert.Equal(IngestRunStatus.Error, run.Status);
        Assert.Equal([new("executor_timeout", "The run was not finished within its time limit of 120 seconds.", """{"timeout_seconds":120}""")], run.Errors);
    }

    [Fact]
    public async Task A_zombie_cannot_end_a_run_that_another_attempt_took_over()
    {
        await using var host = await IngestHost.StartAsync();
        var runUid = await host.StartedAsync();
        var zombie = (await host.Kernel.ClaimAsync())!;
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        var heir = (await host.Kernel.ClaimAsync())!;
        host.Loader.Does = (_, _) => Task.FromResult<AnalyticsLoadResult>(new AnalyticsLoadResult.Refused("zombie", "z"));
        await host.UseAsync<IIngestRunStore, bool>(runs => runs.BeginAttemptAsync(runUid, heir.Lease.Token, true, TestContext.Current.CancellationToken));

        await host.Kernel.RunAsync(zombie);
        Assert.Equal(IngestRunStatus.Running, (await host.RunAsync(runUid)).Status);
        Assert.Empty(host.Loader.Loads);

        host.Loader.Does = null;
        await host.Kernel.RunAsync(heir);
        Assert.Equal(IngestRunStatus.Success, (await host.RunAsync(runUid)).Status);
    }

    [Fact]
    public async Task A_run_whose_every_attempt_was_lost_is_ended()
    {
        await using var host = await IngestHost.StartAsync();
        var runUid = await host.StartedAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal("ingest.run", (await host.Kernel.ClaimAsync())!.Kind);
            host.Clock.Advance(TimeSpan.FromSeconds(31));
        }

        await host.Kernel.RunAllAsync();

        Assert.Equal([IngestErrors.Lost], (await host.RunAsync(runUid)).Errors);
    }

    [Fact]
    public async Task The_deadline_ends_a_run_that_nobody_ended_and_leaves_one_that_ended()
    {
        await using var host = await IngestHost.StartAsync(options => options.Executor = "callback");
        var waiting = await host.StartedAsync();
        await host.Kernel.RunAllAsync();
        Assert.Equal(IngestRunStatus.New, (await host.RunAsync(waiting)).Status);

        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Kernel.RunAllAsync();

        Assert.Equal(["executor_timeout"], (await host.RunAsync(waiting)).Errors.Select(error => error.Code));

        await using var second = await IngestHost.StartAsync();
        var done = await second.StartedAsync();
        await second.Kernel.RunAllAsync();
        second.Clock.Advance(TimeSpan.FromHours(1));
        await second.Kernel.RunAllAsync();
        Assert.Equal(IngestRunStatus.Success, (await second.RunAsync(done)).Status);
    }

    [Fact]
    public async Task Progress_is_stored_each_second_while_the_run_goes_on()
    {
        await using var host = await IngestHost.StartAsync();
        var go = new TaskCompletionSource();
        host.Loader.Does = async (load, _) =>
        {
            load.Progress!.Report(new(10, 1, 2));
            await go.Task;
            return new AnalyticsLoadResult.Loaded(new(20, 1, 2), "x");
        };
        var runUid = await host.StartedAsync();
        var running = host.Kernel.RunOneAsync();
        await Eventually.HoldsAsync(() => host.Loader.Loads.Count == 1, "the loader was called");

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(async () => (await host.RunAsync(runUid)).Summary is not null, "the counts so far were stored");
        Assert.Equal("""{"INPUT_FILE":{"records_processed":10,"records_skipped":1,"records_failed":2}}""", (await host.RunAsync(runUid)).Summary);
        go.SetResult();
        await running;

        Assert.Equal("""{"INPUT_FILE":{"records_processed":20,"records_skipped":1,"records_failed":2}}""", (await host.RunAsync(runUid)).Summary);
    }

    [Fact]
    public async Task An_executor_that_is_not_there_ends_the_run()
    {
        await using var host = await IngestHost.StartAsync(options => options.Executor = "mine");
        var runUid = await host.StartedAsync();

        await host.Kernel.RunAllAsync();

        Assert.Equal(["failed_to_start_executor"], (await host.RunAsync(runUid)).Errors.Select(error => error.Code));
    }
}
