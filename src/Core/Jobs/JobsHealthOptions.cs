using System.ComponentModel.DataAnnotations;

namespace Switchyard.Jobs;

/// <summary>Configures from where on the health check calls the jobs degraded or unhealthy; <see langword="null"/> switches a bound off.</summary>
public sealed class JobsHealthOptions
{
    /// <summary>Gets or sets how long a due job may wait before the jobs are degraded.</summary>
    /// <value>The default value is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan? DegradedDueAge { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long a due job may wait before the jobs are unhealthy.</summary>
    /// <value>The default value is 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan? UnhealthyDueAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how many dead letters make the jobs degraded.</summary>
    /// <value>The default value is 1.</value>
    [Range(1L, long.MaxValue)]
    public long? DegradedDeadLetters { get; set; } = 1;

    /// <summary>Gets or sets how many dead letters make the jobs unhealthy.</summary>
    /// <value>The default value is <see langword="null"/>: no number does.</value>
    [Range(1L, long.MaxValue)]
    public long? UnhealthyDeadLetters { get; set; }

    /// <summary>Gets or sets how many leases that this process lost within some minutes make the jobs degraded.</summary>
    /// <value>The default value is 10.</value>
    [Range(1, int.MaxValue)]
    public int? DegradedLeaseLosses { get; set; } = 10;

    /// <summary>Gets or sets how long after its time a recurrence may still not have fired before the jobs are degraded. They are too while one can't be planned.</summary>
    /// <value>The default value is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan? DegradedRecurrenceAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long after its time a recurrence may still not have fired before the jobs are unhealthy.</summary>
    /// <value>The default value is 15 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan? UnhealthyRecurrenceAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how many leases that this process lost within some minutes make the jobs unhealthy.</summary>
    /// <value>The default value is <see langword="null"/>: no number does.</value>
    [Range(1, int.MaxValue)]
    public int? UnhealthyLeaseLosses { get; set; }
}
