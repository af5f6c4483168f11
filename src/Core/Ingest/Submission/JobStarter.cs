using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Switchyard.Blobs;
using Switchyard.Ingest.Execution;

namespace Switchyard.Ingest.Submission;

/// <summary>Starts a job: freezes what was uploaded, once, and commits the run together with the kernel's jobs.</summary>
internal sealed partial class JobStarter(
    IIngestJobStore jobs,
    IBlobStore blobs,
    IOptions<IngestOptions> options,
    TimeProvider timeProvider,
    ILogger<JobStarter> logger)
{
    // Every round means that another start or upload won a race meanwhile.
    private const int MaxRounds = 5;

    public async Task<StartResult> StartAsync(Guid uid, IReadOnlyList<string> partners, CancellationToken cancellationToken)
    {
        try
        {
            for (var round = 0; round < MaxRounds; round++)
            {
                var job = await jobs.FindAsync(uid, cancellationToken).ConfigureAwait(false);
                if (job is null || !partners.Contains(job.Partner, StringComparer.Ordinal))
                {
                    return Refuse(404, "job_not_found", "There is no such job.");
                }

                if (await TryStartAsync(job, cancellationToken).ConfigureAwait(false) is { } result)
                {
                    return result;
                }
            }

            return Refuse(400, "files_changed", "The files keep changing while the job is being started. Finish the uploads, then start it.");
        }
        catch (BlobStoreUnavailableException)
        {
            return new StartResult.Refused(JobSubmitter.StoreUnavailable);
        }
    }

    private async Task<StartResult?> TryStartAsync(IngestJob job, CancellationToken cancellationToken)
    {
        if (job.Runs.Any(run => !run.IsFinished))
        {
            return InProgress;
        }

        var isFrozen = job.Files.All(file => file.FrozenKey is not null);
        var (uploads, refusal) = isFrozen ? ([], null) : await CheckAsync(job, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return new StartResult.Refused(refusal);
        }

        var frozen = await FreezeAsync(job, uploads, cancellationToken).ConfigureAwait(false);
        return frozen is null ? null : await CommitAsync(job, frozen, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(List<Upload> Uploads, IngestRefusal? Refusal)> CheckAsync(IngestJob job, CancellationToken cancellationToken)
    {
        List<Upload> uploads = [];
        List<string> missing = [], empty = [], large = [];
        foreach (var file in job.Files)
        {
            var blob = await blobs.FindAsync(file.ObjectKey, cancellationToken).ConfigureAwait(false);
            var offends = blob switch
            {
                null => missing,
                { Size: 0 } => empty,
                _ when blob.Size > options.Value.UploadMaxBytes => large,
                _ => null,
            };
            offends?.Add(file.Name);
            if (offends is null)
            {
                uploads.Add(new(file.Key, blob!));
            }
        }

        return (uploads, StartRules.Files(missing, empty, large));
    }

    private async Task<List<FrozenFile>?> FreezeAsync(IngestJob job, List<Upload> uploads, CancellationToken cancellationToken)
    {
        List<FrozenFile> frozen = [];
        foreach (var upload in uploads)
        {
            var key = IngestObjectKeys.Frozen(job.StoragePrefix, Guid.NewGuid());
            var copy = await blobs.FreezeAsync(upload.Blob, key, cancellationToken).ConfigureAwait(false);
            if (copy is null)
            {
                await DeleteAsync(frozen).ConfigureAwait(false);
                return null;
            }

            frozen.Add(new(upload.Key, key, copy.Size));
        }

        return frozen;
    }

    private async Task<StartResult?> CommitAsync(IngestJob job, List<FrozenFile> frozen, CancellationToken cancellationToken)
    {
        var start = IngestRunJobs.Start(job.Uid, frozen, options.Value, timeProvider);
        var outcome = await jobs.StartAsync(start, cancellationToken).ConfigureAwait(false);
        if (outcome == StartRunOutcome.Started)
        {
            return new StartResult.Started(start.RunUid);
        }

        await DeleteAsync(frozen).ConfigureAwait(false);
        return outcome == StartRunOutcome.AlreadyRunning ? InProgress : null;
    }

    private static StartResult InProgress => Refuse(400, "run_in_progress", "The job has a run that is in progress.");

    private async Task DeleteAsync(List<FrozenFile> copies)
    {
        foreach (var copy in copies)
        {
            try
            {
                await blobs.DeleteAsync(copy.FrozenKey, CancellationToken.None).ConfigureAwait(false);
            }
            catch (BlobStoreUnavailableException)
            {
                LogOrphan(copy.FrozenKey);
            }
        }
    }

    private static StartResult.Refused Refuse(int status, string code, string message) => new(new(status, code, message));

    [LoggerMessage(EventIds.OrphanCopyLeft, LogLevel.Warning, "A copy that nothing refers to could not be deleted: {Key}", EventName = "OrphanCopyLeft")]
    private partial void LogOrphan(string key);

    private sealed record Upload(string Key, BlobInfo Blob);
}
