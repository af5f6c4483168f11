namespace Switchyard.Jobs.Operations;

/// <summary>Keeps which workers there are, for people to see. No correctness rests on it: leases alone say who owns a job.</summary>
public interface INodeRegistry
{
    /// <summary>Writes that a worker lives, by the store's clock, and forgets workers that were not heard of for a day.</summary>
    Task HeartbeatAsync(JobNode node, CancellationToken cancellationToken);

    /// <summary>Forgets a worker that stops in order. Unknown names are none of its business.</summary>
    Task LeaveAsync(string name, CancellationToken cancellationToken);

    /// <summary>Gets the workers, by name.</summary>
    Task<IReadOnlyList<JobNode>> ListAsync(CancellationToken cancellationToken);
}
