using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace Switchyard.Jobs;

/// <summary>Configures how long a failed attempt waits for the next: exponentially longer, with jitter, up to a cap.</summary>
public sealed class RetryOptions
{
    /// <summary>Gets or sets the wait after the first attempt.</summary>
    /// <value>The default value is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets by what each wait is longer than the one before.</summary>
    /// <value>The default value is 3: 5 s, 15 s, 45 s, 135 s, …</value>
    [Range(1.0, 100.0)]
    public double Factor { get; set; } = 3;

    /// <summary>Gets or sets the longest wait, jitter included.</summary>
    /// <value>The default value is 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets by what share a wait may be shorter or longer, so that what failed together doesn't return together.</summary>
    /// <value>The default value is 0.2: from 80 to 120 percent.</value>
    [Range(0.0, 1.0)]
    public double Jitter { get; set; } = 0.2;

    /// <summary>Gets or sets what jitter is drawn from: numbers from 0, inclusive, to 1, exclusive. It must be safe for many threads.</summary>
    /// <value>The default value draws from the operating system. A test may repeat a history by a seeded one.</value>
    [Required]
    public Func<double> Randomizer { get; set; } = static () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}
