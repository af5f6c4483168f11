namespace Switchyard.Jobs.Operations;

/// <summary>Keeps the history within bounds, and tells how the store is doing. Any node may call it at any time.</summary>
public interface IJobMaintenance
{
    /// <summary>Removes ended jobs that the retention no longer covers, oldest end first, in one small transaction, with their journals.</summary>
    /// <remarks>A job whose dedupe key is still taken stays until it isn't.</remarks>
    /// <param name="retention">What to keep.</param>
    /// <param name="max">How many to remove at the most, from 1 to 10,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were removed; as many as <paramref name="max"/> where there may be more.</returns>
    Task<int> PruneAsync(JobRetention retention, int max, CancellationToken cancellationToken);

    /// <summary>Gets how the store is doing, without reading finished jobs.</summary>
    Task<JobStoreHealth> GetHealthAsync(CancellationToken cancellationToken);
}
