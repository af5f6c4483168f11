using Switchyard.Jobs.Diagnostics;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class JobWorkerOutageTests
{
    [Theory]
    [InlineData("claim")]
    [InlineData("next")]
    public async Task Worker_tries_less_than_once_a_second_while_the_store_is_down_and_goes_on_when_it_is_back(string operation)
    {
        var (down, tries) = (true, 0);
        await using var host = new JobWorkerHost((_, _, _) => Task.FromResult(JobRunResult.Succeeded()));
        host.Store.Before = (called, _) => down && called == operation && Interlocked.Increment(ref tries) > 0 ? new TimeoutException() : null;
        host.Start();

        var started = host.Clock.GetUtcNow();
        await host.HoldsAsync(() => Volatile.Read(ref tries) >= 6, "six tries", TimeSpan.FromMilliseconds(200));
        var elapsed = host.Clock.GetUtcNow() - started;
        Assert.True(tries < elapsed.TotalSeconds, $"{tries} tries in {elapsed}");

        down = false;
        await host.ReachesAsync(await host.EnqueueAsync(), JobState.Succeeded);
        Assert.True(host.Metrics[$"{JobsDiagnostics.StoreFailures}:claim"] >= 6);
    }

    [Fact]
    public async Task Outcomes_of_an_outage_are_written_when_the_store_is_back()
    {
        var (down, tries) = (true, 0);
        await using var host = JobWorkerHost.Start((payload, _, _) => Task.FromResult(JobRunResult.Succeeded().WithOutput($"[{payload}]")));
        host.Store.Before = (operation, _) => down && operation == "complete" && Interlocked.Increment(ref tries) > 0 ? new TimeoutException() : null;

        JobId[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 6).Select(number => host.EnqueueAsync(number)))];
        await host.HoldsAsync(() => Volatile.Read(ref tries) >= 6, "six tries");
        Assert.Equal(JobState.Running, (await host.GetAsync(ids[0])).State);
        down = false;

        for (var number = 0; number < ids.Length; number++)
        {
            var job = await host.ReachesAsync(ids[number], JobState.Succeeded);
            Assert.Equal(($"[{number}]", 1), (job.Result, job.Attempt));
        }
    }

    [Fact]
    public async Task Completion_whose_reply_was_lost_is_known_to_be_written_and_its_effects_are_there_once()
    {
        var (replies, ran) = (0, new List<int>());
        await using var host = JobWorkerHost.Start((payload, _, _) =>
        {
            lock (ran)
            {
                ran.Add(payload);
            }

            return Task.FromResult(payload == 0
                ? JobRunResult.Succeeded(new JobRequest { Id = new JobId(Guid.CreateVersion7()), Kind = JobWorkerHost.Kind, Payload = "1" })
                : JobRunResult.Succeeded());
        });
        host.Store.After = (operation, _) => operation == "complete" && Interlocked.Increment(ref replies) == 1 ? new TimeoutException() : null;

        await host.EnqueueAsync();
        await host.HoldsAsync(() => host.Metrics[$"{JobsDiagnostics.Completed}:succeeded"] == 2, "both are known to be written");

        Assert.Equal([0, 1], ran);
        Assert.Equal(0, host.Metrics[JobsDiagnostics.LeasesLost]);
    }

    [Fact]
    public async Task Outcome_that_the_store_does_not_take_blocks_no_other_and_is_replaced()
    {
        await using var host = JobWorkerHost.Start(
            (payload, context, _) => Task.FromResult(payload == 13 && context.Attempt == 1 ? JobRunResult.Succeeded().WithOutput("[13]") : JobRunResult.Succeeded()),
            options => options.LeaseDuration = TimeSpan.FromHours(12));
        host.Store.Before = (operation, argument) =>
            operation == "complete" && ((IReadOnlyList<JobCompletion>)argument).Any(completion => completion.Result == "[13]") ? new FormatException() : null;

        var poison = await host.EnqueueAsync(13);
        var other = await host.EnqueueAsync(1);
        await host.ReachesAsync(other, JobState.Succeeded);
        Assert.Equal(JobState.Running, (await host.GetAsync(poison)).State);
        var job = await host.ReachesAsync(poison, JobState.Succeeded);

        Assert.Equal((2, "The store could not write the attempt's outcome; its log says why."), (job.Attempt, job.LastError));
    }
}
