using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Worker;

public sealed class JobWorkerOutcomeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attempt_over_its_time_limit_is_told_as_timed_out(bool last)
    {
        JobCompletion? written = null;
        await using var host = JobWorkerHost.Start(async (_, context, cancellation) =>
        {
            if (context.Attempt == 1)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            }

            return JobRunResult.Succeeded();
        });
        host.Store.Before = (operation, argument) =>
        {
            written = operation == "complete" && written is null ? ((IReadOnlyList<JobCompletion>)argument)[0] : written;
            return null;
        };

        var id = await host.EnqueueAsync(configure: job => job with { Timeout = TimeSpan.FromSeconds(2), MaxAttempts = last ? 1 : 5 });
        await host.ReachesAsync(id, last ? JobState.DeadLetter : JobState.Succeeded, TimeSpan.FromMilliseconds(100));

        Assert.Equal((last ? JobState.DeadLetter : JobState.Queued, JobErrorTypes.TimedOut), (written!.State, written.ErrorType));
        await Eventually.HoldsAsync(() => host.Metrics[$"{JobsDiagnostics.Completed}:timed_out"] == 1, "it is counted");
    }

    [Theory]
    [InlineData(0, "System.InvalidOperationException")]
    [InlineData(1, JobErrorTypes.Reported)]
    [InlineData(2, JobErrorTypes.Reported)]
    [InlineData(3, null)]
    public async Task Outcome_says_what_kind_of_error_it_is(int payload, string? type)
    {
        var written = new TaskCompletionSource<JobCompletion>();
        await using var host = JobWorkerHost.Start((what, _, _) => what switch
        {
            0 => throw new InvalidOperationException("broken"),
            1 => Task.FromResult(JobRunResult.Failed("no such account")),
            2 => Task.FromResult(JobRunResult.Retry("busy")),
            _ => Task.FromResult(JobRunResult.Succeeded()),
        });
        host.Store.Before = (operation, argument) =>
        {
            if (operation == "complete")
            {
                written.TrySetResult(((IReadOnlyList<JobCompletion>)argument)[0]);
            }

            return null;
        };

        await host.EnqueueAsync(payload);

        Assert.Equal(type, (await written.Task).ErrorType);
    }

    [Fact]
    public async Task Job_whose_lease_was_lost_is_told_when_it_is_claimed_again()
    {
        var (logs, told) = (new Logs(), new TaskCompletionSource<JobRunResult>());
        await using var host = new JobWorkerHost((_, _, _) => told.Task, services: services => services.AddLogging(logging => logging.AddProvider(logs)));
        var lost = await host.EnqueueAsync();
        await host.Store.ClaimAsync(
            new ClaimRequest { Owner = "dead", Kinds = [JobWorkerHost.Kind], MaxJobs = 1, StartAtOnce = 1, Lease = TimeSpan.FromSeconds(30) }, TestContext.Current.CancellationToken);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        host.Start();

        await Eventually.HoldsAsync(() => logs.Lines.Any(line => line.Contains("lost its lease 1 times in a row; it runs in attempt 2 of 5", StringComparison.Ordinal)), "it is told");
        told.SetResult(JobRunResult.Succeeded());
        await host.ReachesAsync(lost, JobState.Succeeded);
    }

    [Fact]
    public async Task Fewer_handlers_run_at_once_while_the_store_fails_and_as_many_as_configured_again_when_it_is_well()
    {
        var (gate, now, most, down) = (new SemaphoreSlim(0), 0, 0, true);
        await using var host = JobWorkerHost.Start(async (_, _, cancellation) =>
        {
            var here = Interlocked.Increment(ref now);
            most = Math.Max(most, here);
            await gate.WaitAsync(cancellation);
            Interlocked.Decrement(ref now);
            return JobRunResult.Succeeded();
        });
        var tries = 0;
        host.Store.Before = (operation, _) => down && operation == "claim" && Interlocked.Increment(ref tries) > 0 ? new IOException() : null;
        var ids = await host.EnqueueManyAsync(12, 0);
        await host.HoldsAsync(() => Volatile.Read(ref tries) >= 5, "five tries");
        down = false;
        await host.HoldsAsync(() => Volatile.Read(ref now) >= 1, "the first runs");
        Assert.InRange(most, 1, 2);

        for (var ended = 1; ended <= ids.Count; ended++)
        {
            gate.Release();
            await host.HoldsAsync(async () => (await host.GetAllAsync(ids)).Count(job => job.State == JobState.Succeeded) == ended, $"{ended} have ended");
        }

        Assert.Equal(4, most);
    }

    private sealed class Logs : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));
    }
}
