using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Prunes the history and tells how the store is doing.</summary>
internal sealed class InMemoryJobMaintenance(InMemoryDatabase database) : IJobMaintenance
{
    /// <inheritdoc/>
    public Task<int> PruneAsync(JobRetention retention, int max, CancellationToken cancellationToken)
    {
        OperationLimits.Check(retention, max);
        return database.ReadAsync(
            now =>
            {
                var surplus = database.Jobs.Ended.Count - (retention.MaxCount ?? long.MaxValue);
                JobRow[] old = [.. database.Jobs.Ended
                    .Where((row, index) => (index < surplus || IsTooOld(row.Job, retention, now)) && !HoldsItsKey(row.Job, now))
                    .Take(max)];
                foreach (var row in old)
                {
                    database.Jobs.Remove(row.Job.Id);
                }

                return old.Length;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JobStoreHealth> GetHealthAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            now =>
            {
                var lanes = database.Jobs.Lanes;
                var oldest = lanes.Where(lane => !database.Kinds.IsPaused(lane.Key))
                    .SelectMany(lane => lane.Value.Due(now))
                    .Min(row => (DateTimeOffset?)row.Job.AvailableAt);
                var deadLetters = database.Jobs.Counts.Where(count => count.Key.State == JobState.DeadLetter).Sum(count => count.Value);
                return new JobStoreHealth(oldest is { } at ? now - at : null, deadLetters, lanes.Values.Sum(lane => lane.Suspects));
            },
            cancellationToken);

    private static bool IsTooOld(Job job, JobRetention retention, DateTimeOffset now)
    {
        var kept = job.State is JobState.Failed or JobState.DeadLetter ? retention.Failed : retention.Ended;
        return kept is { } age && job.FinishedAt < now - age;
    }

    private static bool HoldsItsKey(Job job, DateTimeOffset now) => job.DedupeKey is not null && job.DedupeUntil > now;
}
