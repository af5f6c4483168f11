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

    /// <summary>Gets how many of those that the claim starts, the last of them, have to wait a moment before they run.</summary>
    /// <remarks>
    /// A process that dies meanwhile costs each of them an attempt that never ran. So a last attempt is not started ahead: such a
    /// job waits in the buffer as the others do, and can't become a dead letter without having run.
    /// </remarks>
    /// <value>The default value is 0.</value>
    public int StartAhead { get; init; }

    /// <summary>Gets how long the leases last unless renewed.</summary>
    public required TimeSpan Lease { get; init; }
}
