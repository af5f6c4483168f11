namespace Switchyard.Jobs;

/// <summary>Represents what a worker asks for when it claims jobs.</summary>
public sealed record ClaimRequest
{
    /// <summary>Gets the name of the worker, unique among all that share the store. At most 128 characters.</summary>
    public required string Owner { get; init; }

    /// <summary>Gets the kinds that the worker has handlers for.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>Gets how many jobs to claim at the most.</summary>
    public required int MaxJobs { get; init; }

    /// <summary>Gets how many of them, the first in order, are started by the claim itself.</summary>
    /// <remarks>The others wait in the worker's buffer, cost no attempt, and are started by <see cref="IJobStore.StartAsync"/>.</remarks>
    public required int StartAtOnce { get; init; }

    /// <summary>Gets how long the leases last unless renewed.</summary>
    public required TimeSpan Lease { get; init; }
}
