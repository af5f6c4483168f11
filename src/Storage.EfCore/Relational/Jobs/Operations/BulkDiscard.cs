using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Removes jobs that ended other than by success.</summary>
internal sealed class BulkDiscard : BulkChange
{
    public override string Action => "discard";

    public override IReadOnlyList<JobState> States => [JobState.Failed, JobState.DeadLetter, JobState.Cancelled];

    public override Task BeginAsync(StoreSession session) => JobRemoval.LockAsync(session);

    public override async Task<BulkStep> ApplyAsync(StoreSession session, IReadOnlyList<JobId> ids, int before, bool waits) =>
        new(await JobRemoval.RemoveAsync(session, ids).ConfigureAwait(false), Enqueued: false, []);
}
