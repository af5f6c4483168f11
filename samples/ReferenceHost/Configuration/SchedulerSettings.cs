namespace Switchyard.ReferenceHost.Configuration;

/// <summary>Represents how surface 4, the scheduler, works.</summary>
internal sealed record SchedulerSettings
{
    /// <summary>Gets the secret that its tokens are signed with; <see langword="null"/> switches the surface off (503).</summary>
    public required string? JwtSecret { get; init; }

    /// <summary>Gets whether the secret is derived from the master key, so that nobody but this host can make tokens.</summary>
    public bool UsesDerivedSecret { get; init; }

    /// <summary>Gets whether webhooks may reach private and loopback addresses.</summary>
    public required bool AllowPrivateNetworks { get; init; }

    /// <summary>Gets how often due schedules are looked for.</summary>
    public required TimeSpan TickInterval { get; init; }

    /// <summary>Gets how many due schedules are taken at once.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Gets the base of the delay between the attempts of a delivery.</summary>
    public required TimeSpan RetryBackoff { get; init; }

    /// <summary>Gets the Redis server that the detailed health check pings; <see langword="null"/> where there is none.</summary>
    public Uri? Redis { get; init; }

    // A record prints its members; the secret, and the password that a Redis URL may hold, must not be among them.
    public override string ToString() => nameof(SchedulerSettings);
}
