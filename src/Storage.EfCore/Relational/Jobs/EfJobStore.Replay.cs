using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

internal sealed partial class EfJobStore<TContext>
{
    public async Task<JobId?> ReplayAsync(JobId id, CancellationToken cancellationToken)
    {
        var replayed = await sessions.WriteAsync(session => ReplayAsync(session, id), cancellationToken).ConfigureAwait(false);
        SetSignal(replayed is not null);
        return replayed;
    }

    private async Task<JobId?> ReplayAsync(StoreSession session, JobId id)
    {
        var old = await FindAsync(session, id).ConfigureAwait(false);
        return old is null || old.State is JobState.Queued or JobState.Running or JobState.Succeeded
            ? null
            : (await JobReplays.EnqueueAsync(session, old, TimeSpan.Zero, timeProvider).ConfigureAwait(false)).Id;
    }
}
