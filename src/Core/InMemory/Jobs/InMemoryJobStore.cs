using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

/// <summary>Keeps jobs in the memory of this process: gone with it, and never shared with another.</summary>
internal sealed partial class InMemoryJobStore(InMemoryDatabase database, IEnumerable<IInMemoryEffectApplier> appliers) : IJobStore
{
    private readonly IInMemoryEffectApplier[] _appliers = [.. appliers];

    /// <inheritdoc/>
    public Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        JobRequestLimits.Check(requests);
        return database.WriteAsync(now => database.Jobs.Enqueue(requests, now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken) =>
        database.WriteAsync(now => database.Jobs.TryGet(id, out var row) ? database.Jobs.Cancel(row, now) : CancelOutcome.NotFound, cancellationToken);

    /// <inheritdoc/>
    public Task<JobId?> ReplayAsync(JobId id, CancellationToken cancellationToken) =>
        database.WriteAsync<JobId?>(
            now => database.Jobs.TryGet(id, out var row) && row.EndedBadly ? database.Jobs.Replay(row.Job, TimeSpan.Zero, now).Id : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        database.ReadAsync(_ => database.Jobs.TryGet(id, out var row) ? row.Job : null, cancellationToken);

    /// <inheritdoc/>
    public Task<TimeSpan?> GetTimeToNextAsync(IReadOnlyList<string> kinds, CancellationToken cancellationToken) =>
        database.ReadAsync(
            now => new ClaimChoice(database, kinds, now).NextAt() is { } next ? (next > now ? next - now : TimeSpan.Zero) : default(TimeSpan?),
            cancellationToken);
}
