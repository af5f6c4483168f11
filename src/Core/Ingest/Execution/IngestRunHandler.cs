using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Jobs;

namespace Switchyard.Ingest.Execution;

/// <summary>Runs one attempt of a run: begins it under the kernel's fence, calls the executor, and ends the run by an effect.</summary>
internal sealed partial class IngestRunHandler(
    IIngestRunStore runs,
    IEnumerable<IJobExecutor> executors,
    IJobQueue queue,
    ProgressReporter progress,
    IOptions<IngestOptions> options,
    TimeProvider timeProvider,
    ILogger<IngestRunHandler> logger) : IJobHandler<IngestRunPayload>
{
    public async Task<JobRunResult> RunAsync(IngestRunPayload payload, JobContext context, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(payload.RunUid, cancellationToken).ConfigureAwait(false) is not { Run.IsFinished: false } found)
        {
            return JobRunResult.Succeeded();
        }

        var fence = context.Lease.Token;
        if (executors.LastOrDefault(candidate => candidate.Name == options.Value.Executor) is not { } executor)
        {
            return End(found.Run.Uid, fence: null, IngestErrors.NotStarted($"there is no executor '{options.Value.Executor}'."));
        }

        var left = RunClock.Left(found.Run, options.Value, timeProvider.GetUtcNow());
        if (left == TimeSpan.Zero)
        {
            return End(found.Run.Uid, fence: null, IngestErrors.Timeout(options.Value.TimeLimit));
        }

        // Before anything begins, so that no executor, however it hangs, can keep a run from its end.
        await queue.EnqueueAsync([IngestRunJobs.DeadlineOf(found.Run.Uid, left)], cancellationToken).ConfigureAwait(false);
        if (!await runs.BeginAttemptAsync(found.Run.Uid, fence, executor.RunsInProcess, cancellationToken).ConfigureAwait(false))
        {
            return JobRunResult.Succeeded();
        }

        var reporting = progress.Start(found.Run.Uid, fence);
        await using (reporting.ConfigureAwait(false))
        {
            var run = new ExecutorRun { Run = found.Run with { Fence = fence }, Job = found.Job, Fence = fence, TimeLimit = left, Progress = reporting };
            return await ExecuteAsync(executor, run, context, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<JobRunResult> ExecuteAsync(IJobExecutor executor, ExecutorRun run, JobContext context, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(run.TimeLimit, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await ConcludeAsync(await executor.ExecuteAsync(run, linked.Token).ConfigureAwait(false), run, context, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops, or the lease is lost: nothing about the run is known to have failed.
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return End(run.Run.Uid, run.Fence, IngestErrors.Timeout(options.Value.TimeLimit));
        }
        catch (BlobStoreUnavailableException)
        {
            return await ConcludeAsync(new ExecutorResult.AttemptFailed(IngestErrors.BlobStoreUnavailable), run, context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogThrew(exception, run.Run.Uid, context.Attempt);
            return await ConcludeAsync(new ExecutorResult.AttemptFailed(IngestErrors.Failed), run, context, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<JobRunResult> ConcludeAsync(ExecutorResult result, ExecutorRun run, JobContext context, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case ExecutorResult.Finished finished:
                return JobRunResult.Succeeded(finished.End with { RunUid = run.Run.Uid, Fence = run.Fence });
            case ExecutorResult.AttemptFailed failed:
                LogFailed(run.Run.Uid, context.Attempt, failed.Error.Code);
                return context.IsLastAttempt
                    ? End(run.Run.Uid, run.Fence, failed.Error, failed.LogTail)
                    : await RetryAsync(failed, run, cancellationToken).ConfigureAwait(false);
            default:
                return JobRunResult.Succeeded();
        }
    }

    private async Task<JobRunResult> RetryAsync(ExecutorResult.AttemptFailed failed, ExecutorRun run, CancellationToken cancellationToken)
    {
        if (failed.LogTail is { } tail)
        {
            await runs.ReportAsync(run.Run.Uid, run.Fence, new RunReport.Log(tail), cancellationToken).ConfigureAwait(false);
        }

        return JobRunResult.Retry(failed.Error.Code);
    }

    // A run that ends in error is the kernel's job well done: it is not the job that failed.
    private JobRunResult End(Guid runUid, long? fence, IngestRunError error, string? logTail = null) =>
        JobRunResult.Succeeded(RunEnds.InError(runUid, fence, error, timeProvider.GetUtcNow()) with { LogTail = logTail });

    [LoggerMessage(EventIds.AttemptFailed, LogLevel.Warning, "Attempt {Attempt} of run {RunUid} failed: {Code}", EventName = "AttemptFailed")]
    private partial void LogFailed(Guid runUid, int attempt, string code);

    [LoggerMessage(EventIds.AttemptThrew, LogLevel.Error, "Attempt {Attempt} of run {RunUid} threw", EventName = "AttemptThrew")]
    private partial void LogThrew(Exception exception, Guid runUid, int attempt);
}
