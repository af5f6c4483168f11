using System.ComponentModel.DataAnnotations;

namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>Sets up the receiver of webhooks.</summary>
public sealed class WebhookReceiverOptions
{
    /// <summary>Gets the secrets that deliveries may be signed with, each <c>whsec_</c> and base64: both of them while one is rotated.</summary>
    /// <value>None by default; at least one is needed.</value>
    public IList<string> Secrets { get; } = [];

    /// <summary>Gets or sets how far a delivery's timestamp may be from this host's clock, both ways.</summary>
    /// <value>The default value is 300 seconds, as Standard Webhooks says; from 1 second to 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>Gets or sets the size of the largest body, in bytes.</summary>
    /// <value>The default value is 1 MiB; from 1 byte to 16 MiB.</value>
    [Range(1, 16 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Gets or sets for how long the receipts in memory remember a handled message.</summary>
    /// <value>The default value is 24 hours; from 10 minutes to 30 days.</value>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan ReceiptLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets how many handled messages the receipts in memory remember; beyond, the oldest are forgotten first.</summary>
    /// <value>The default value is 100,000; from 1 to 10,000,000.</value>
    [Range(1, 10_000_000)]
    public int MaxReceipts { get; set; } = 100_000;
}
