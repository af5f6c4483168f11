using System.Diagnostics;

namespace Switchyard.Jobs;

/// <summary>Enqueues typed payloads.</summary>
public static class JobQueueExtensions
{
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
}
