namespace Switchyard.Jobs;

/// <summary>Does the work of one kind of job.</summary>
/// <typeparam name="TPayload">What the payload's JSON is read as.</typeparam>
/// <remarks>
/// A run happens at least once: a handler may be run again after a crash or a lost lease, so what it does outside the
/// effects that it returns must bear repetition. Handlers are resolved from a scope of their own for every attempt.
/// </remarks>
public interface IJobHandler<TPayload>
{
    /// <summary>Runs one attempt.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="context">The attempt.</param>
    /// <param name="cancellationToken">
    /// Cancelled when the lease is about to be lost, the time limit is reached, the job is cancelled or the host stops.
    /// </param>
    /// <returns>The outcome. An exception counts as <see cref="JobRunResult.Retry(string, JobEffect[])"/> with its type and message.</returns>
    Task<JobRunResult> RunAsync(TPayload payload, JobContext context, CancellationToken cancellationToken);
}
