using System.Diagnostics;

namespace Switchyard.Jobs;

/// <summary>Enqueues typed payloads.</summary>
public static class JobQueueExtensions
{
    private const int ChunkSize = 1_000;

    /// <summary>Enqueues one job, now or later.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="kind">The kind, at most 128 characters.</param>
    /// <param name="payload">The payload, written by <see cref="JobPayload.Serialize{TPayload}(TPayload)"/>. It may not hold secrets.</param>
    /// <param name="configure">Changes the request, for example <c>job =&gt; job with { Delay = TimeSpan.FromHours(1) }</c>.</param>
    /// <param name="timeProvider">The clock that the id's time part is read from; the system's where it is left out.</param>
    /// <param name="cancellationToken">Gives up; nothing is known of the outcome then.</param>
    /// <returns>The job that stands for the request, and whether it is new.</returns>
    public static async Task<EnqueueResult> EnqueueAsync<TPayload>(
        this IJobQueue queue,
        string kind,
        TPayload payload,
        Func<JobRequest, JobRequest>? configure = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queue);
        var request = new JobRequest
        {
            Id = JobId.New(timeProvider ?? TimeProvider.System), Kind = kind, Payload = JobPayload.Serialize(payload), TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
        };
        var results = await queue.EnqueueAsync([configure?.Invoke(request) ?? request], cancellationToken).ConfigureAwait(false);
        return results[0];
    }

    /// <summary>Enqueues one job as the options say.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="kind">The kind, at most 128 characters.</param>
    /// <param name="payload">The payload, written by <see cref="JobPayload.Serialize{TPayload}(TPayload)"/>. It may not hold secrets.</param>
    /// <param name="options">When and how it is to run.</param>
    /// <param name="timeProvider">The clock that the id's time part is read from; the system's where it is left out.</param>
    /// <param name="cancellationToken">Gives up; nothing is known of the outcome then.</param>
    /// <returns>The job that stands for the request, and whether it is new.</returns>
    public static Task<EnqueueResult> EnqueueAsync<TPayload>(
        this IJobQueue queue, string kind, TPayload payload, EnqueueOptions options, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return queue.EnqueueAsync(kind, payload, options.Apply, timeProvider, cancellationToken);
    }

    /// <summary>Enqueues any number of jobs as they come, 1,000 in a call, in constant memory.</summary>
    /// <remarks>
    /// Each call commits by itself, unless the scope's context has a transaction open: what was enqueued before the stream or the store failed
    /// stays. To repeat a stream that broke off, give its requests the same ids again: those that are stored are not written twice.
    /// </remarks>
    /// <param name="queue">The queue.</param>
    /// <param name="requests">The jobs.</param>
    /// <param name="cancellationToken">Gives up; nothing is known of the outcome of the last call then.</param>
    /// <returns>How many were requested, and how many of them are new.</returns>
    public static async Task<EnqueueCounts> EnqueueManyAsync(this IJobQueue queue, IAsyncEnumerable<JobRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(requests);
        var (chunk, requested, created) = (new List<JobRequest>(ChunkSize), 0L, 0L);
        await foreach (var request in requests.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            chunk.Add(request);
            if (chunk.Count == ChunkSize)
            {
                await FlushAsync().ConfigureAwait(false);
            }
        }

        if (chunk.Count > 0)
        {
            await FlushAsync().ConfigureAwait(false);
        }

        return new EnqueueCounts(requested, created);

        async Task FlushAsync()
        {
            // A copy: a queue may keep what it is given until its transaction commits.
            var results = await queue.EnqueueAsync([.. chunk], cancellationToken).ConfigureAwait(false);
            requested += chunk.Count;
            created += results.Count(result => result.Created);
            chunk.Clear();
        }
    }
}
