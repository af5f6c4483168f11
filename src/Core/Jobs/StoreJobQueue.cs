using System.Diagnostics;

namespace Switchyard.Jobs;

/// <summary>Enqueues straight into the store, where the storage adapter brings no queue of its own.</summary>
internal sealed class StoreJobQueue(IJobStore store, IJobSignal signal) : IJobQueue
{
    public async Task<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var traceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
        JobRequest[] traced = [.. requests.Select(request => request.TraceParent is null ? request with { TraceParent = traceParent } : request)];
        var results = await store.EnqueueAsync(traced, cancellationToken).ConfigureAwait(false);
        signal.Set();
        return results;
    }
}
