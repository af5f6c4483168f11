using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;

namespace Switchyard.Scheduling;

/// <summary>Sets up scheduling.</summary>
public sealed class SchedulingOptions
{
    /// <summary>Gets or sets how many attempts a firing gets, and how many more a replay gets.</summary>
    /// <value>The default value is 3; from 1 to 20.</value>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Gets or sets the wait after the first attempt; each later one is twice as long, up to a day.</summary>
    /// <value>The default value is 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets by what share a wait may be shorter or longer, so that what failed together doesn't return together.</summary>
    /// <value>The default value is 0.1: from 90 to 110 percent.</value>
    [Range(0.0, 1.0)]
    public double RetryJitter { get; set; } = 0.1;

    /// <summary>Gets or sets the longest wait that a receiver's <c>Retry-After</c> can ask for; a longer one is cut to it.</summary>
    /// <value>The default value is 24 hours.</value>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets what jitter is drawn from: numbers from 0, inclusive, to 1, exclusive. It must be safe for many threads.</summary>
    /// <value>The default value draws from the operating system.</value>
    [Required]
    public Func<double> Randomizer { get; set; } = static () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    /// <summary>Gets or sets how many deliveries this process has under way at once, beside all other work.</summary>
    /// <value>The default value is 512; from 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int DeliveryConcurrency { get; set; } = 512;

    /// <summary>Gets or sets how many of them go to one webhook at once; further ones wait for those.</summary>
    /// <value>The default value is 16; from 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int DeliveriesPerWebhook { get; set; } = 16;

    /// <summary>Gets or sets how many deliveries this process has under way at once, beside those, to webhooks whose receivers don't answer.</summary>
    /// <value>The default value is 128; from 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int SlowDeliveryConcurrency { get; set; } = 128;

    /// <summary>Gets or sets how long the signing secret before a rotation signs too.</summary>
    /// <value>The default value is 24 hours.</value>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets whether values of headers that look like secrets (<c>Authorization</c>, keys, tokens, cookies, …) are shown as <c>***</c>.</summary>
    /// <value>The default value is <see langword="false"/>: owners see what they gave, as in seed 4.</value>
    public bool MaskSecretHeaders { get; set; }

    /// <summary>Gets or sets the <c>User-Agent</c> of deliveries whose webhook gives none.</summary>
    /// <value>The default value is <c>Switchyard-Webhooks/1.0</c>.</value>
    [Required]
    [RegularExpression("[!-~]([ -~]{0,198}[!-~])?")]
    public string UserAgent { get; set; } = "Switchyard-Webhooks/1.0";

    /// <summary>Gets or sets how long ended executions are kept. For the ledger of occurrences the kernel has an option of its own.</summary>
    /// <value>The default value is 90 days; at least 1 hour.</value>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets how often what is older is removed.</summary>
    /// <value>The default value is 1 hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how many firings one request may replay.</summary>
    /// <value>The default value is 1,000.</value>
    [Range(1, 100_000)]
    public int ReplayLimit { get; set; } = 1000;

    /// <summary>Gets or sets how long after one another the firings of one request are replayed.</summary>
    /// <value>The default value is 100 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ReplayStagger { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets or sets how late a schedule may be before the health is degraded.</summary>
    /// <value>The default value is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the name of this worker on executions.</summary>
    /// <value>The default value is the name of the machine.</value>
    [Required]
    [StringLength(255, MinimumLength = 1)]
    public string WorkerId { get; set; } = Environment.MachineName;
}
