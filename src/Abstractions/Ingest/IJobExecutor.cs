namespace Switchyard.Ingest;

/// <summary>Runs ingest jobs: the seam for your own way of processing what was uploaded.</summary>
/// <remarks>
/// It is called from a kernel job, at least once for each run: after a crash or a lost lease it is called again with a
/// higher <see cref="ExecutorRun.Fence"/>, and what it did before must bear that.
/// </remarks>
public interface IJobExecutor
{
    /// <summary>Gets the name that <c>JOB_EXECUTOR</c> knows it by.</summary>
    string Name { get; }

    /// <summary>Gets whether the run is running once the executor is called, or only when the executor calls back.</summary>
    bool RunsInProcess { get; }

    /// <summary>Processes one run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Cancelled at the time limit, when the lease is lost, or when the host stops.</param>
    Task<ExecutorResult> ExecuteAsync(ExecutorRun run, CancellationToken cancellationToken);
}
