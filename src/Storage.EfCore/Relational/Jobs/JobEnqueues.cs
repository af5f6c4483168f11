using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs;

/// <summary>Enqueues outside of any transaction: while one commit is under way, the calls that come meanwhile become the next.</summary>
/// <remarks>
/// A lone caller waits for nobody; of callers that are quick the next commit has all, rather than those who were back
/// first. Each caller waits for the commit of its own jobs, gets its own results, and may give up without harm to the others.
/// Calls of many requests go by themselves: they gain nothing, and would hold the small ones up.
/// </remarks>
internal sealed class JobEnqueues<TContext>(StoreSessions<TContext> sessions, JobNotifier<TContext> notifier, IJobSignal signal)
    where TContext : DbContext
{
    private const int Large = 50;
    private const int MaxTogether = 1_000;
    private readonly Lock _lock = new();
    private readonly Queue<Call> _waiting = [];
    private bool _isFlushing;

    public Task<EnqueueResult[]> EnqueueAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        if (requests.Count >= Large)
        {
            return WriteAsync(requests, isAtomic: true, cancellationToken);
        }

        Call? call = null;
        lock (_lock)
        {
            if (_isFlushing)
            {
                call = new Call(requests);
                _waiting.Enqueue(call);
            }

            _isFlushing = true;
        }

        return call is null ? LeadAsync(requests, cancellationToken) : WaitAsync(call, cancellationToken);
    }

    /// <summary>Enqueues at once, and sees to those who came meanwhile.</summary>
    private async Task<EnqueueResult[]> LeadAsync(IReadOnlyList<JobRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(requests, isAtomic: requests.Count > 1, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (HasNext())
            {
                // Not awaited: this caller's jobs are committed, and the others' are none of its business.
                _ = Task.Run(FlushAllAsync, CancellationToken.None);
            }
        }
    }

    private static async Task<EnqueueResult[]> WaitAsync(Call call, CancellationToken cancellationToken)
    {
        // A call that is given up before its flush begins is left out of it; nothing is known of one that is given up later.
        using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Call)state!).Done.TrySetCanceled(token), call);
        return await call.Done.Task.ConfigureAwait(false);
    }

    private async Task FlushAllAsync()
    {
        do
        {
            var calls = TakeWaiting();
            if (calls.Count > 0)
            {
                await FlushAsync(calls).ConfigureAwait(false);
            }
        }
        while (await HasNextAsync().ConfigureAwait(false));
    }

    /// <summary>Looks for those who came meanwhile, once the callers of the last flush have had their turn: they may be back with more.</summary>
    private async ValueTask<bool> HasNextAsync()
    {
        await Task.Yield();
        return HasNext();
    }

    private bool HasNext()
    {
        lock (_lock)
        {
            return _isFlushing = _waiting.Count > 0;
        }
    }

    private List<Call> TakeWaiting()
    {
        var calls = new List<Call>();
        var count = 0;
        lock (_lock)
        {
            while (count < MaxTogether && _waiting.TryDequeue(out var call))
            {
                if (!call.Done.Task.IsCompleted)
                {
                    calls.Add(call);
                    count += call.Requests.Count;
                }
            }
        }

        return calls;
    }

    private async Task FlushAsync(List<Call> calls)
    {
        JobRequest[] requests = [.. calls.SelectMany(call => call.Requests)];
        try
        {
            var results = await WriteAsync(requests, isAtomic: calls.Exists(call => call.Requests.Count > 1), CancellationToken.None).ConfigureAwait(false);
            var start = 0;
            foreach (var call in calls)
            {
                call.Done.TrySetResult(results[start..(start + call.Requests.Count)]);
                start += call.Requests.Count;
            }
        }
        catch (Exception exception) when (calls.Count == 1 || IsOutage(exception))
        {
            calls.ForEach(call => call.Done.TrySetException(exception));
        }
        catch (Exception)
        {
            // Something of one call can't be stored: alone, each shows whether it is its own.
            foreach (var call in calls)
            {
                await FlushAsync([call]).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes requests, in one statement where that is enough to make each caller's all or none.</summary>
    private async Task<EnqueueResult[]> WriteAsync(IReadOnlyList<JobRequest> requests, bool isAtomic, CancellationToken cancellationToken)
    {
        var results = await (isAtomic && requests.Any(request => request.DedupeKey is not null)
            ? sessions.WriteAsync(session => JobInserts.EnqueueAsync(session, requests, notifies: false), cancellationToken)
            : sessions.StatementAsync(session => InsertAsync(session, requests), cancellationToken, writes: true)).ConfigureAwait(false);
        signal.Set();
        notifier.Notify();
        return results;
    }

    private static async Task<EnqueueResult[]> InsertAsync(StoreSession session, IReadOnlyList<JobRequest> requests) =>
        await PlainInserts.TryEnqueueAsync(session, requests).ConfigureAwait(false)
        ?? await JobInserts.EnqueueAsync(session, requests, notifies: false).ConfigureAwait(false);

    private bool IsOutage(Exception exception) =>
        exception is OperationCanceledException or IOException or TimeoutException || (exception is DbException database && sessions.IsOutage(database));

    private sealed record Call(IReadOnlyList<JobRequest> Requests)
    {
        public TaskCompletionSource<EnqueueResult[]> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
