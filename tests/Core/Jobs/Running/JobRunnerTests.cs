using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Switchyard.Jobs.Diagnostics;
using Switchyard.TestKit;

namespace Switchyard.Jobs.Running;

public sealed class JobRunnerTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Attempt_over_its_time_limit_is_cancelled_and_retried()
    {
        var entered = new TaskCompletionSource();
        var run = RunAsync(NewJob("1") with { Timeout = TimeSpan.FromSeconds(10) }, async (_, cancellation) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return JobRunResult.Succeeded();
        });
        await entered.Task;
        Assert.False(run.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(10));

        var completion = (await run).Completion!;
        Assert.Equal((JobState.Queued, "The attempt did not end within its time limit of 00:00:10."), (completion.State, completion.Error));
    }

    [Fact]
    public async Task Job_without_a_limit_has_the_workers_own()
    {
        var entered = new TaskCompletionSource();
        var run = RunAsync(NewJob("1") with { Attempt = 5 }, async (_, cancellation) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return JobRunResult.Succeeded();
        });
        await entered.Task;

        _clock.Advance(TimeSpan.FromMinutes(30));

        var completion = (await run).Completion!;
        Assert.Equal((JobState.DeadLetter, "The attempt did not end within its time limit of 00:30:00."), (completion.State, completion.Error));
    }

    [Fact]
    public async Task Limit_longer_than_any_timer_is_no_error()
    {
        var outcome = await RunAsync(NewJob("1") with { Timeout = TimeSpan.MaxValue }, (_, _) => Task.FromResult(JobRunResult.Succeeded()));

        Assert.Equal(JobState.Succeeded, outcome.Completion!.State);
    }

    [Fact]
    public async Task Cancellation_of_the_handlers_own_is_its_failure()
    {
        var outcome = await RunAsync(NewJob("1"), (_, _) => throw new TaskCanceledException("The request timed out."));

        Assert.Equal((JobState.Queued, "TaskCanceledException: The request timed out."), (outcome.Completion!.State, outcome.Completion.Error));
    }

    [Theory]
    [InlineData(nameof(InterruptionReason.Stopping), true)]
    [InlineData(nameof(InterruptionReason.Stopping), false)]
    [InlineData(nameof(InterruptionReason.LeaseLost), true)]
    [InlineData(nameof(InterruptionReason.LeaseLost), false)]
    public async Task Our_own_cancellation_is_not_the_handlers_failure_whatever_it_throws(string reason, bool asCancellation)
    {
        using var interruption = new JobInterruption();

        var outcome = await RunAsync(NewJob("1"), async (_, cancellation) =>
        {
            interruption.Interrupt(Enum.Parse<InterruptionReason>(reason));
            await Eventually.HoldsAsync(() => cancellation.IsCancellationRequested, "the token is cancelled");
            throw asCancellation ? new OperationCanceledException(cancellation) : new IOException("aborted");
        }, interruption);

        Assert.Equal(JobOutcome.Release, outcome);
    }

    [Fact]
    public async Task Result_returned_in_spite_of_a_cancellation_stands()
    {
        using var interruption = new JobInterruption();

        var outcome = await RunAsync(NewJob("1"), (_, _) =>
        {
            interruption.Interrupt(InterruptionReason.LeaseLost);
            return Task.FromResult(JobRunResult.Succeeded());
        }, interruption);

        Assert.Equal(JobState.Succeeded, outcome.Completion!.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Job_that_is_cancelled_while_it_fails_is_cancelled(bool throws)
    {
        using var interruption = new JobInterruption();

        var outcome = await RunAsync(NewJob("1"), (_, _) =>
        {
            interruption.Interrupt(InterruptionReason.CancelRequested);
            return throws ? throw new IOException("aborted") : Task.FromResult(JobRunResult.Retry("interrupted"));
        }, interruption);

        Assert.Equal(JobState.Cancelled, outcome.Completion!.State);
    }

    [Theory]
    [InlineData("\"secret text\"", "The payload of kind 'kind' can't be read as Payload, at $.")]
    [InlineData("{\"number\":\"secret\"}", "The payload of kind 'kind' can't be read as Payload, at $.number.")]
    [InlineData("{secret", "The payload of kind 'kind' can't be read as Payload, at $.")]
    [InlineData("null", "The payload of kind 'kind' is null; Payload is expected.")]
    [InlineData("", "The payload of kind 'kind' can't be read as Payload, at $.")]
    public async Task Payload_that_cannot_be_read_fails_the_job_and_is_not_quoted(string payload, string error)
    {
        var outcome = await RunAsync(NewJob("1") with { Payload = payload }, (_, _) => throw new InvalidOperationException("No handler may run."));

        Assert.Equal((JobState.Failed, error), (outcome.Completion!.State, outcome.Completion.Error));
    }

    [Fact]
    public async Task Kind_without_a_handler_fails_the_job_and_says_what_to_add()
    {
        var outcome = await RunAsync(NewJob("1") with { Kind = "other" }, (_, _) => throw new InvalidOperationException("No handler may run."));

        Assert.Equal(JobState.Failed, outcome.Completion!.State);
        Assert.Contains("AddHandler<THandler, TPayload>(\"other\")", outcome.Completion.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_that_returns_null_fails_the_attempt()
    {
        var outcome = await RunAsync(NewJob("1"), (_, _) => Task.FromResult<JobRunResult>(null!));

        Assert.Equal(JobState.Queued, outcome.Completion!.State);
        Assert.Contains("returned null", outcome.Completion.Error, StringComparison.Ordinal);
    }

    private static ClaimedJob NewJob(string number) => new()
    {
        Lease = new JobLease(new JobId(Guid.CreateVersion7()), 1), Kind = "kind", Payload = $$"""{"number":{{number}}}""", Attempt = 1, MaxAttempts = 5, Started = true,
        RootId = new JobId(Guid.CreateVersion7()), AvailableAt = default,
    };

    private async Task<JobOutcome> RunAsync(ClaimedJob job, Func<Payload, CancellationToken, Task<JobRunResult>> handler, JobInterruption? interruption = null)
    {
        await using var services = new ServiceCollection().AddScoped(_ => new Handler(handler)).BuildServiceProvider();
        using var instruments = new JobsInstruments(null);
        using var own = new JobInterruption();
        using var limits = new TimeLimits(_clock);
        var runner = new JobRunner(
            new JobHandlerTable([JobHandlerRegistration.Create<Handler, Payload>("kind")], [], JsonSerializerOptions.Web),
            services.GetRequiredService<IServiceScopeFactory>(), new JobsOptions(), limits, instruments, () => 0.5, NullLogger.Instance);
        return await runner.RunAsync(job, interruption ?? own, JobProgress.None);
    }

    private sealed record Payload(int Number);

    private sealed class Handler(Func<Payload, CancellationToken, Task<JobRunResult>> run) : IJobHandler<Payload>
    {
        public Task<JobRunResult> RunAsync(Payload payload, JobContext context, CancellationToken cancellationToken) => run(payload, cancellationToken);
    }
}
