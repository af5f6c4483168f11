using System.ComponentModel.DataAnnotations;

namespace Switchyard.Ingest;

/// <summary>Sets up ingest.</summary>
public sealed class IngestOptions
{
    /// <summary>Gets or sets the name of the executor that runs jobs.</summary>
    /// <value>The default value is <c>builtin</c>; <c>command</c> and <c>callback</c> ship too.</value>
    [Required]
    public string Executor { get; set; } = "builtin";

    /// <summary>Gets or sets the command line of the <c>command</c> executor, split like a shell but run without one.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? Command { get; set; }

    /// <summary>Gets or sets how long a run may take, from its start on, over all attempts.</summary>
    /// <value>The default value is 1 hour; from 1 second to 1 day.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets the host's own base URL as executors see it.</summary>
    /// <value>The default value is <see langword="null"/>; the <c>command</c> and <c>callback</c> executors need one.</value>
    public Uri? PublicUrl { get; set; }

    /// <summary>Gets or sets the key that callback tokens are signed with, at least 32 bytes, equal on all nodes.</summary>
    /// <value>The default value is <see langword="null"/>; the <c>command</c> and <c>callback</c> executors need one.</value>
    public byte[]? CallbackKey { get; set; }

    /// <summary>Gets or sets a folder holding <c>**/_metadata.yaml</c>, or a <c>registry.json</c> file.</summary>
    /// <value>The default value is <see langword="null"/>: no bundles but, where it is on, the sample.</value>
    public string? BundlesPath { get; set; }

    /// <summary>Gets or sets the file of partners that is applied at start.</summary>
    /// <value>The default value is <see langword="null"/>: nothing is applied but, where it is on, the sample.</value>
    public string? PartnersFile { get; set; }

    /// <summary>Gets or sets whether the built-in sample stands in for a bundles path or a partners file that isn't given.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool UseSample { get; set; }

    /// <summary>Gets or sets how long read bundles are used before they are read again.</summary>
    /// <value>The default value is 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan BundleLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how clients write a school year.</summary>
    /// <value>The default value is <see cref="SchoolYearFormat.Y1Y2"/>.</value>
    public SchoolYearFormat SchoolYearFormat { get; set; }

    /// <summary>Gets or sets the largest single upload in bytes.</summary>
    /// <value>The default value is 5 GiB.</value>
    [Range(1, long.MaxValue)]
    public long UploadMaxBytes { get; set; } = 5L << 30;

    /// <summary>Gets or sets how long signed upload URLs are good for.</summary>
    /// <value>The default value is 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan UploadUrlLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how long an idempotency key is remembered.</summary>
    /// <value>The default value is 24 hours.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets after how long a run that was handed out, but whose executor never called, may be handed out again.</summary>
    /// <value>The default value is 5 minutes, which is also how long its init token lives.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan HandOutAgainAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets what reads the variables that a data store names; they hold its credentials.</summary>
    /// <value>The default value reads the environment.</value>
    public Func<string, string?> ReadVariable { get; set; } = Environment.GetEnvironmentVariable;
}
