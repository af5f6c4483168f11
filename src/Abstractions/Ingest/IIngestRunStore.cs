namespace Switchyard.Ingest;

/// <summary>Stores how runs go. Each call is one compare-and-set: a stale fence, or a run that has ended, writes nothing.</summary>
public interface IIngestRunStore
{
    /// <summary>Gets a run and its job, or <see langword="null"/> where there is none such.</summary>
    Task<IngestRunWithJob?> FindAsync(Guid runUid, CancellationToken cancellationToken);

    /// <summary>Begins an attempt: earlier fences may report no more. A fence lower than the run's own begins nothing.</summary>
    /// <param name="runUid">The run.</param>
    /// <param name="fence">The attempt's fence, higher than any before; the run's own again after a repeated call.</param>
    /// <param name="running">Whether the run is running by this, or waits for its executor to call.</param>
    /// <param name="cancellationToken">Gives up; nothing is known of the outcome then.</param>
    /// <returns>Whether the run is unfinished and the attempt may go on.</returns>
    Task<bool> BeginAttemptAsync(Guid runUid, long fence, bool running, CancellationToken cancellationToken);

    /// <summary>Records that an executor has called with the init token of this fence, and makes the run running.</summary>
    /// <returns><see langword="true"/> once for each fence; <see langword="false"/> ever after.</returns>
    Task<bool> InitializeAsync(Guid runUid, long fence, CancellationToken cancellationToken);

    /// <summary>Records something that an executor reports. A status that was reported before is no error and is not stored again.</summary>
    /// <remarks><see cref="RunReport.Log"/> alone is stored for a run that has ended, too: an executor's last words come after its last report.</remarks>
    /// <returns>Whether fence and run were good.</returns>
    Task<bool> ReportAsync(Guid runUid, long fence, RunReport report, CancellationToken cancellationToken);

    /// <summary>Ends a run, once.</summary>
    /// <returns>Whether this call ended it.</returns>
    Task<bool> FinishAsync(IngestRunFinished finished, CancellationToken cancellationToken);

    /// <summary>Hands one waiting run to an executor that runs elsewhere: the oldest that has a fence, isn't initialized, and wasn't handed out since an instant.</summary>
    /// <param name="handedOutBefore">Runs that were handed out at or after this instant are passed over.</param>
    /// <param name="cancellationToken">Gives up; a run may have been handed out then, and is again after a while.</param>
    /// <returns>The run, marked as handed out, or <see langword="null"/> where none waits.</returns>
    Task<IngestRunWithJob?> HandOutAsync(DateTimeOffset handedOutBefore, CancellationToken cancellationToken);
}

/// <summary>Represents a run together with its job.</summary>
/// <param name="Run">The run.</param>
/// <param name="Job">Its job, without runs.</param>
public sealed record IngestRunWithJob(IngestRun Run, IngestJob Job);
