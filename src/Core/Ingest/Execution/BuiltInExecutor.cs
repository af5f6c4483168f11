using Switchyard.Blobs;

namespace Switchyard.Ingest.Execution;

/// <summary>Loads every file of a job into the tenant's analytics database, in this process.</summary>
internal sealed class BuiltInExecutor(IBlobStore blobs, TimeProvider timeProvider, IAnalyticsLoader? loader = null) : IJobExecutor
{
    public const string ExecutorName = "builtin";

    public string Name => ExecutorName;

    public bool RunsInProcess => true;

    public async Task<ExecutorResult> ExecuteAsync(ExecutorRun run, CancellationToken cancellationToken)
    {
        if (loader is null)
        {
            return new ExecutorResult.AttemptFailed(IngestErrors.NotStarted("no analytics loader is registered."));
        }

        var counts = new Dictionary<string, RecordCounts>(StringComparer.Ordinal);
        foreach (var file in run.Job.Files)
        {
            var result = await LoadAsync(run, file, counts, cancellationToken).ConfigureAwait(false);
            if (result is not AnalyticsLoadResult.Loaded loaded)
            {
                return Ended(run, counts, result is AnalyticsLoadResult.Refused refused
                    ? new(refused.Code, $"{file.Name}: {refused.Message}")
                    : IngestErrors.InputMissing(file.Name));
            }

            counts[file.Key] = loaded.Counts;
        }

        return Ended(run, counts, error: null);
    }

    private async Task<AnalyticsLoadResult?> LoadAsync(
        ExecutorRun run, IngestFile file, Dictionary<string, RecordCounts> counts, CancellationToken cancellationToken)
    {
        if (file.FrozenKey is not { } key || await blobs.FindAsync(key, cancellationToken).ConfigureAwait(false) is null)
        {
            return null;
        }

        var load = new AnalyticsLoad
        {
            Partner = run.Job.Partner,
            Tenant = run.Job.Tenant,
            Table = $"{run.Job.Bundle}__{file.Key}",
            RunUid = run.Run.Uid,
            OpenAsync = async token => await blobs.OpenReadAsync(key, token).ConfigureAwait(false)
                ?? throw new BlobStoreUnavailableException("A frozen copy was there and is gone."),
            Progress = new Part(run.Progress, counts, file.Key),
        };
        return await loader!.LoadAsync(load, cancellationToken).ConfigureAwait(false);
    }

    private ExecutorResult.Finished Ended(ExecutorRun run, Dictionary<string, RecordCounts> counts, IngestRunError? error) => new(new IngestRunFinished
    {
        RunUid = run.Run.Uid,
        Fence = run.Fence,
        Success = error is null,
        At = timeProvider.GetUtcNow(),
        Engine = loader!.Engine,
        Summary = RunSummary.ToJson(counts),
        Errors = error is null ? [] : [error],
    });

    // Progress<T> would post to a pool thread, out of order.
    private sealed class Part(IProgress<IReadOnlyDictionary<string, RecordCounts>> whole, Dictionary<string, RecordCounts> done, string key)
        : IProgress<RecordCounts>
    {
        public void Report(RecordCounts value) =>
            whole.Report(new Dictionary<string, RecordCounts>(done, StringComparer.Ordinal) { [key] = value });
    }
}
