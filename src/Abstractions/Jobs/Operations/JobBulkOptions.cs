namespace Switchyard.Jobs.Operations;

/// <summary>Says who changes many jobs, why, and how far to go.</summary>
public sealed record JobBulkOptions
{
    /// <summary>Gets who asks, as the operator's records name them. At most 256 characters.</summary>
    public required string Actor { get; init; }

    /// <summary>Gets why. At most 1,024 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets whether to count only, and change and record nothing.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool DryRun { get; init; }

    /// <summary>Gets how many jobs to change at the most, from 1 to 100,000.</summary>
    /// <value>The default value is 1,000.</value>
    public int Max { get; init; } = 1_000;

    /// <summary>Gets how far apart replayed jobs become due, so that they don't all meet what failed at once.</summary>
    /// <value>The default value is zero.</value>
    public TimeSpan Stagger { get; init; }
}
