namespace Switchyard.Jobs.Operations;

/// <summary>Stores what holds for all jobs of a kind on every node: limits, and whether it is paused.</summary>
/// <remarks>
/// <see cref="IJobStore.ClaimAsync"/> of the same adapter obeys them in the statement that claims: once a call of this port
/// has returned, no claim exceeds the limits or takes a job of a paused kind, whichever node makes it. Running jobs are left alone.
/// </remarks>
public interface IJobKindStore
{
    /// <summary>Sets the limits of a kind, in place of those before; <see cref="JobKindLimits.None"/> lifts them.</summary>
    Task SetLimitsAsync(string kind, JobKindLimits limits, CancellationToken cancellationToken);

    /// <summary>Stops claims of a kind, and records who did and why. A kind that is paused already keeps who paused it first.</summary>
    /// <returns>Whether the kind was not paused before.</returns>
    Task<bool> PauseAsync(string kind, string actor, string reason, CancellationToken cancellationToken);

    /// <summary>Allows claims of a kind again, and records who did and why.</summary>
    /// <returns>Whether the kind was paused.</returns>
    Task<bool> ResumeAsync(string kind, string actor, string reason, CancellationToken cancellationToken);

    /// <summary>Gets every kind that has limits or is paused, by name.</summary>
    Task<IReadOnlyList<JobKind>> ListAsync(CancellationToken cancellationToken);
}
