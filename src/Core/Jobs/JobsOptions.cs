using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Switchyard.Jobs.Operations;

namespace Switchyard.Jobs;

/// <summary>Configures the durable kernel in one process.</summary>
public sealed class JobsOptions
{
    /// <summary>Gets or sets whether this process runs jobs. One that doesn't only enqueues.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the name of the worker, unique among all that share the store. At most 120 characters.</summary>
    /// <remarks>A kind with slots of its own has a worker of its own, whose name has <c>#2</c>, <c>#3</c> and so on at the end.</remarks>
    /// <value>The default value is <see langword="null"/>: machine, process id and a random part.</value>
    [StringLength(120, MinimumLength = 1)]
    public string? WorkerName { get; set; }

    /// <summary>Gets or sets how many handlers run at once in this process.</summary>
    /// <remarks>Fewer do while the store fails or takes longer than a second to answer, and ever more again when it is well.</remarks>
    /// <value>The default value is twice the number of processors.</value>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 2 * Environment.ProcessorCount;

    /// <summary>Gets or sets how many jobs one claim may ask for.</summary>
    /// <remarks>A worker asks for what its slots will soon get through: for its free slots where handlers are slow, for this many where they are tiny.</remarks>
    /// <value>The default value is 500.</value>
    [Range(1, 10_000)]
    public int MaxClaim { get; set; } = 500;

    /// <summary>Gets or sets how long before its slot is free a job may be started, by what handlers took so far.</summary>
    /// <remarks>
    /// A job that is started counts its attempt, also when the process dies before the handler's first line. With zero no job is
    /// started before it has a slot, so that a process that dies costs only what really ran, and tiny handlers run more slowly.
    /// </remarks>
    /// <value>The default value is 5 milliseconds. Handlers that take longer than that have next to nothing started ahead.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.02")]
    public TimeSpan StartAhead { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Gets or sets how long a claim lasts unless renewed: what a dead worker's jobs wait before another takes them.</summary>
    /// <remarks>It is renewed at a third; after two thirds without a renewal the handler's token is cancelled.</remarks>
    /// <value>The default value is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long the worker sleeps at the most where nothing wakes it: the safety net under lost signals.</summary>
    /// <value>The default value is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long running handlers may go on when the host stops; then they are cancelled and their jobs released.</summary>
    /// <remarks>Keep it some seconds under <c>HostOptions.ShutdownTimeout</c> (30 seconds unless set).</remarks>
    /// <value>The default value is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Gets or sets the time limit of an attempt whose job has none of its own.</summary>
    /// <value>The default value is 30 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "24.00:00:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets when a failed attempt is followed by the next.</summary>
    [Required]
    public RetryOptions Retry { get; set; } = new();

    /// <summary>Gets or sets how long ended jobs are kept, where the store can remove them.</summary>
    /// <value>The default value keeps succeeded and cancelled jobs for 7 days, failed ones and dead letters for 90.</value>
    [Required]
    public JobRetention Retention { get; set; } = new();

    /// <summary>Gets or sets how often this process looks for jobs that <see cref="Retention"/> no longer covers, give or take a fifth.</summary>
    /// <value>The default value is 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets from where on the health check calls the jobs degraded or unhealthy.</summary>
    [Required]
    public JobsHealthOptions Health { get; set; } = new();

    /// <summary>Gets or sets how payloads are read where the handler was added without a type of its own.</summary>
    /// <value>The default value is <see cref="JsonSerializerOptions.Web"/>, which <see cref="JobPayload"/> writes.</value>
    [Required]
    public JsonSerializerOptions PayloadSerializerOptions { get; set; } = JsonSerializerOptions.Web;
}
