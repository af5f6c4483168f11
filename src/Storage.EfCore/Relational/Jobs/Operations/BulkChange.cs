using Switchyard.Jobs;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Represents one of the things that can be done to many jobs.</summary>
internal abstract class BulkChange
{
    /// <summary>Gets the name that the record of the operation bears.</summary>
    public abstract string Action { get; }

    /// <summary>Gets the states that a job must be in.</summary>
    public abstract IReadOnlyList<JobState> States { get; }

    /// <summary>Gets what else must hold for a job, as a condition on the row <c>j</c>.</summary>
    public virtual string? Qualifies(SwitchyardDialect dialect) => null;

    /// <summary>Prepares the transaction of a batch, before its jobs are selected.</summary>
    public virtual Task BeginAsync(StoreSession session) => Task.CompletedTask;

    /// <summary>Changes jobs that have just been selected.</summary>
    /// <param name="session">The transaction of the batch.</param>
    /// <param name="ids">The jobs, in order.</param>
    /// <param name="before">How many jobs earlier batches had.</param>
    /// <param name="waits">Whether to wait for a job that somebody else has locked; <paramref name="ids"/> is a single one then.</param>
    public abstract Task<BulkStep> ApplyAsync(StoreSession session, IReadOnlyList<JobId> ids, int before, bool waits);
}
