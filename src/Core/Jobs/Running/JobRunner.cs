using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Running;

/// <summary>Runs one attempt and turns whatever comes of it into an outcome to write.</summary>
internal sealed partial class JobRunner(
    JobHandlerTable handlers,
    IServiceScopeFactory scopes,
    JobsOptions options,
    JobsInstruments instruments,
    TimeProvider timeProvider,
    Func<double> randomizer,
    ILogger logger)
{
    // Timers take no more than 49 days.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    /// <summary>Runs an attempt. Never throws.</summary>
    public async Task<JobOutcome> RunAsync(ClaimedJob job, JobInterruption interruption)
    {
        var activity = instruments.StartRun(job);
        instruments.OnStarted(job.Kind);
        var outcome = await RunWithinLimitAsync(job, interruption).ConfigureAwait(false);
        instruments.OnStopped(job.Kind);
        JobsInstruments.StopRun(activity, outcome.Name, outcome.Completion?.Error);
        return outcome;
    }

    /// <summary>Ends an attempt that failed: with a retry, or as a dead letter where it was the last.</summary>
    public JobCompletion Fail(ClaimedJob job, string error, TimeSpan? retryDelay = null) => new()
    {
        Lease = job.Lease,
        State = job.Attempt >= job.MaxAttempts ? JobState.DeadLetter : JobState.Queued,
        RetryDelay = retryDelay ?? RetryPolicy.NextDelay(Math.Max(job.Attempt, 1), options.Retry, randomizer),
        Error = error,
    };

    private async Task<JobOutcome> RunWithinLimitAsync(ClaimedJob job, JobInterruption interruption)
    {
        var timeout = job.Timeout ?? options.AttemptTimeout;
        timeout = timeout < LongestTimer ? timeout : LongestTimer;
        using var limit = new CancellationTokenSource(timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, interruption.Token);
        try
        {
            // A result is written even under a lease that may be lost: the fence decides, not this process's clock.
            return Complete(job, await InvokeAsync(job, linked.Token).ConfigureAwait(false), interruption);
        }
        catch (Exception exception) when (interruption.Reason is InterruptionReason.Stopping or InterruptionReason.LeaseLost)
        {
            // Our own cancellation is not the handler's failure, in whatever exception it comes back.
            Log.AttemptInterrupted(logger, exception, job.Kind, job.Lease.JobId, job.Attempt, interruption.Reason);
            return JobOutcome.Release;
        }
        catch (Exception exception) when (interruption.Reason == InterruptionReason.CancelRequested)
        {
            Log.AttemptInterrupted(logger, exception, job.Kind, job.Lease.JobId, job.Attempt, interruption.Reason);
            return Cancelled(job);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Failed(job, null, $"The attempt did not end within its time limit of {timeout}.");
        }
        catch (Exception exception)
        {
            return Failed(job, exception, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private async Task<JobRunResult> InvokeAsync(ClaimedJob job, CancellationToken cancellationToken)
    {
        if (!handlers.TryGet(job.Kind, out var invoker))
        {
            return JobRunResult.Failed($"There is no handler for kind '{job.Kind}'. Add one: AddJobs().AddHandler<THandler, TPayload>(\"{job.Kind}\").");
        }

        var context = new JobContext { Lease = job.Lease, RootId = job.RootId, Attempt = job.Attempt, MaxAttempts = job.MaxAttempts };
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await invoker.InvokeAsync(scope.ServiceProvider, job, context, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The handler of kind '{job.Kind}' returned null. Return a JobRunResult.");
        }
    }

    private JobOutcome Complete(ClaimedJob job, JobRunResult result, JobInterruption interruption)
    {
        if (result.Status == JobRunStatus.Retry && interruption.Reason == InterruptionReason.CancelRequested)
        {
            return Cancelled(job);
        }

        if (result.IsFailure)
        {
            Log.AttemptFailed(logger, null, job.Kind, job.Lease.JobId, job.Attempt, job.MaxAttempts, result.Error);
        }

        var completion = result.Status switch
        {
            JobRunStatus.Succeeded => new JobCompletion { Lease = job.Lease, State = JobState.Succeeded },
            JobRunStatus.Failed => new JobCompletion { Lease = job.Lease, State = JobState.Failed, Error = result.Error },
            _ => Fail(job, result.Error!, result.RetryDelay),
        };
        return new JobOutcome(completion with { Result = result.Output, Effects = result.Effects });
    }

    private JobOutcome Failed(ClaimedJob job, Exception? exception, string error)
    {
        Log.AttemptFailed(logger, exception, job.Kind, job.Lease.JobId, job.Attempt, job.MaxAttempts, error);
        return new JobOutcome(Fail(job, error));
    }

    private static JobOutcome Cancelled(ClaimedJob job) =>
        new(new JobCompletion { Lease = job.Lease, State = JobState.Cancelled, Error = "The job was cancelled while it ran." });
}
