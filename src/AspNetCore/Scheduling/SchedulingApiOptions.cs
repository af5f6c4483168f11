using System.ComponentModel.DataAnnotations;

namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Sets up the scheduler API.</summary>
public sealed class SchedulingApiOptions
{
    /// <summary>Gets or sets the authentication scheme whose tokens the API takes, as <c>AddSwitchyardTokens</c> named it.</summary>
    /// <value>The default value is <c>scheduler</c>.</value>
    [Required]
    public string AuthenticationScheme { get; set; } = "scheduler";

    /// <summary>Gets or sets the Redis server that <c>/health/detailed</c> pings: <c>redis://</c> or <c>rediss://[user:password@]host[:port]</c>.</summary>
    /// <value>The default value is <see langword="null"/>: <c>not_configured</c>, which is healthy. Nothing else uses it.</value>
    public Uri? Redis { get; set; }

    /// <summary>Gets or sets how long <c>/health/detailed</c> waits for the database, and for Redis.</summary>
    /// <value>The default value is 3 seconds; from 100 milliseconds to a minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets or sets how long an answer of <c>/health/detailed</c> is good for all who ask.</summary>
    /// <value>The default value is 1 second; from 1 second to a minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan HealthLifetime { get; set; } = TimeSpan.FromSeconds(1);
}
