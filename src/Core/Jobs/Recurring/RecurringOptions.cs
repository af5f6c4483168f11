using System.ComponentModel.DataAnnotations;

namespace Switchyard.Jobs.Recurring;

/// <summary>Configures how one process fires recurring work: <c>services.Configure&lt;RecurringOptions&gt;(…)</c>.</summary>
public sealed class RecurringOptions
{
    /// <summary>Gets or sets whether this process fires what is due. Any number may at once; at least one must.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how often this process looks for what is due, on whole multiples of it by the store's clock.</summary>
    /// <remarks>It also looks when the next recurrence that it knows of comes due; the interval is what one that another process made waits at the most.</remarks>
    /// <value>The default value is 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan TickInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how many recurrences one transaction fires at the most.</summary>
    /// <value>The default value is 1,000.</value>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 1_000;

    /// <summary>Gets or sets how long the ledger keeps what became of an instant.</summary>
    /// <value>The default value is 90 days; <see langword="null"/> for ever.</value>
    [Range(typeof(TimeSpan), "00:01:00", "36500.00:00:00")]
    public TimeSpan? LedgerRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets how late an occurrence may be looked at and still count as in time, whatever its misfire policy and window.</summary>
    /// <value>The default value is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MisfireThreshold { get; set; } = TimeSpan.FromMinutes(1);
}
