using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

/// <summary>Keeps jobs in the memory of this process: gone with it, and never shared with another.</summary>
internal sealed partial class InMemoryJobStore(InMemoryDatabase database, IEnumerable<IInMemoryEffectApplier> appliers, TimeProvider timeProvider) : IJobStore
{
    private readonly IInMemoryEffectApplier[] _appliers = [.. appliers];

    /// <inheritdoc/>
    public Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        JobRequestLimits.Check(requests);
        return WriteAsync(now => database.Jobs.Enqueue(requests, now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken) =>
        WriteAsync(
            now =>
            {
                if (!database.Jobs.TryGet(id, out var row))
                {
                    return CancelOutcome.NotFound;
                }

                switch (row.Job.State)
                {
                    case JobState.Queued:
                        database.Jobs.End(row, JobState.Cancelled, now);
                        return CancelOutcome.Cancelled;
                    case JobState.Running:
                        row.Job = row.Job with { CancelRequested = true };
                        return CancelOutcome.Requested;
                    default:
                        return CancelOutcome.AlreadyEnded;
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<JobId?> ReplayAsync(JobId id, CancellationToken cancellationToken) =>
        WriteAsync<JobId?>(
            now =>
            {
                if (!database.Jobs.TryGet(id, out var row) || row.Job.State is JobState.Queued or JobState.Running or JobState.Succeeded)
                {
                    return null;
                }

                var old = row.Job;
                var request = new JobRequest
                {
                    Id = JobId.New(timeProvider), Kind = old.Kind, Payload = old.Payload, Priority = old.Priority, MaxAttempts = old.MaxAttempts,
                    Timeout = old.Timeout, DedupeKey = old.DedupeKey, ConcurrencyKey = old.ConcurrencyKey, RootId = old.RootId, ParentId = old.Id,
                    TraceParent = old.TraceParent, OnFailure = old.OnFailure,
                };
                return database.Jobs.Enqueue(request, now).Id;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        ReadAsync(_ => database.Jobs.TryGet(id, out var row) ? row.Job : null, cancellationToken);

    /// <inheritdoc/>
    public Task<TimeSpan?> GetTimeToNextAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken) =>
        ReadAsync(
            now =>
            {
                var next = database.Jobs.Unfinished(kinds).Min(row => row.Job.State == JobState.Queued ? row.Job.AvailableAt : row.Job.LeaseExpiresAt);
                return next is null ? default(TimeSpan?) : next > now ? next.Value - now : TimeSpan.Zero;
            },
            cancellationToken);

    private Task<T> ReadAsync<T>(Func<DateTimeOffset, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (database.Gate)
        {
            return Task.FromResult(read(database.GetUtcNow()));
        }
    }

    private async Task<T> WriteAsync<T>(Func<DateTimeOffset, T> write, CancellationToken cancellationToken)
    {
        var result = await ReadAsync(write, cancellationToken).ConfigureAwait(false);
        database.Wake();
        return result;
    }
}
