namespace Switchyard.Jobs.Operations;

/// <summary>Says how long ended jobs are kept; ages count from their end. A job goes when any bound that concerns it says so.</summary>
public sealed record JobRetention
{
    /// <summary>Gets how long succeeded and cancelled jobs are kept; <see langword="null"/> for ever.</summary>
    /// <value>The default value is 7 days.</value>
    public TimeSpan? Ended { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Gets how long failed jobs and dead letters are kept; <see langword="null"/> for ever.</summary>
    /// <value>The default value is 90 days.</value>
    public TimeSpan? Failed { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Gets how many ended jobs are kept, of whatever end; the oldest go first. <see langword="null"/> for any number.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public long? MaxCount { get; init; }
}
