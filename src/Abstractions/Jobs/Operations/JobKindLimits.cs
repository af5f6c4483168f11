namespace Switchyard.Jobs.Operations;

/// <summary>Represents how many jobs of a kind may run, over all nodes together.</summary>
public sealed record JobKindLimits
{
    /// <summary>Gets the absence of limits.</summary>
    public static JobKindLimits None { get; } = new();

    /// <summary>Gets how many may run at once; at least 1.</summary>
    /// <value>The default value is <see langword="null"/>: any number.</value>
    public int? MaxRunning { get; init; }

    /// <summary>Gets how many with the same <see cref="JobRequest.ConcurrencyKey"/> may run at once; at least 1. Jobs without a key are not counted.</summary>
    /// <value>The default value is <see langword="null"/>: any number.</value>
    public int? MaxRunningPerKey { get; init; }

    /// <summary>Gets how many may be claimed in a time.</summary>
    /// <value>The default value is <see langword="null"/>: any number.</value>
    public JobRateLimit? Rate { get; init; }
}
