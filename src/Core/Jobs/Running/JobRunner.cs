using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Switchyard.Jobs.Diagnostics;

namespace Switchyard.Jobs.Running;

/// <summary>Runs one attempt and turns whatever comes of it into an outcome to write.</summary>
internal sealed partial class JobRunner(
    JobHandlerTable handlers,
    IServiceScopeFactory scopes,
    JobsOptions options,
    TimeLimits limits,
    JobsInstruments instruments,
    Func<double> randomizer,
    ILogger logger)
{
    /// <summary>Runs an attempt. Never throws.</summary>
    public async ValueTask<JobOutcome> RunAsync(ClaimedJob job, JobInterruption interruption, IJobProgress progress)
    {
        var activity = instruments.StartRun(job);
        instruments.OnStarted(job.Kind);
        var outcome = await RunWithinLimitAsync(job, interruption, progress).ConfigureAwait(false);
        instruments.OnStopped(job.Kind);
        JobsInstruments.StopRun(activity, outcome.Name, outcome.Completion?.Error);
        return outcome;
    }

    /// <summary>Ends an attempt that failed: with a retry, or as a dead letter where it was the last.</summary>
    public JobCompletion Fail(ClaimedJob job, string error, string? errorType, TimeSpan? retryDelay = null) => new()
    {
        Lease = job.Lease,
        State = job.Attempt >= job.MaxAttempts ? JobState.DeadLetter : JobState.Queued,
        RetryDelay = retryDelay ?? RetryPolicy.NextDelay(Math.Max(job.Attempt, 1), options.Retry, randomizer),
        Error = error,
        ErrorType = errorType,
    };

    private async ValueTask<JobOutcome> RunWithinLimitAsync(ClaimedJob job, JobInterruption interruption, IJobProgress progress)
    {
        var limit = job.Timeout ?? options.AttemptTimeout;
        limits.Watch(interruption, limit);
        try
        {
            // A result is written even under a lease that may be lost: the fence decides, not this process's clock.
            return Complete(job, await InvokeAsync(job, progress, interruption.Token).ConfigureAwait(false), interruption);
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
        catch (OperationCanceledException) when (interruption.Reason == InterruptionReason.TimedOut)
        {
            return Failed(job, null, $"The attempt did not end within its time limit of {limit}.", JobErrorTypes.TimedOut);
        }
        catch (Exception exception)
        {
            var type = interruption.Reason == InterruptionReason.TimedOut ? JobErrorTypes.TimedOut : exception.GetType().FullName;
            return Failed(job, exception, $"{exception.GetType().Name}: {exception.Message}", type);
        }
        finally
        {
            limits.Forget(interruption);
        }
    }

    private async ValueTask<JobRunResult> InvokeAsync(ClaimedJob job, IJobProgress progress, CancellationToken cancellationToken)
    {
        if (!handlers.TryGet(job.Kind, out var invoker))
        {
            return JobRunResult.Failed($"There is no handler for kind '{job.Kind}'. Add one: AddJobs().AddHandler<THandler, TPayload>(\"{job.Kind}\").");
        }

        var context = new JobContext { Lease = job.Lease, RootId = job.RootId, Attempt = job.Attempt, MaxAttempts = job.MaxAttempts, Progress = progress };
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
            JobRunStatus.Failed => new JobCompletion { Lease = job.Lease, State = JobState.Failed, Error = result.Error, ErrorType = JobErrorTypes.Reported },
            _ => Fail(job, result.Error!, JobErrorTypes.Reported, result.RetryDelay),
        };
        return new JobOutcome(result.Output is null && result.Effects.Count == 0 ? completion : completion with { Result = result.Output, Effects = result.Effects });
    }

    private JobOutcome Failed(ClaimedJob job, Exception? exception, string error, string? errorType)
    {
        Log.AttemptFailed(logger, exception, job.Kind, job.Lease.JobId, job.Attempt, job.MaxAttempts, error);
        return new JobOutcome(Fail(job, error, errorType));
    }

    private static JobOutcome Cancelled(ClaimedJob job) =>
        new(new JobCompletion { Lease = job.Lease, State = JobState.Cancelled, Error = "The job was cancelled while it ran.", ErrorType = JobErrorTypes.Cancelled });
}
