using Switchyard.Jobs;

namespace Switchyard.Scheduling;

/// <summary>Represents the end of an attempt. As an effect it is stored in the transaction that completes or retries the kernel's job.</summary>
/// <remarks>An attempt that has ended already, or is gone, stays as it is: the effect then changes nothing, and is no error.</remarks>
public sealed record AttemptEnded : JobEffect
{
    /// <summary>Gets the firing.</summary>
    public required Guid RootId { get; init; }

    /// <summary>Gets the attempt; <see langword="null"/> means whichever of the firing is unfinished.</summary>
    public required int? Attempt { get; init; }

    /// <summary>Gets how it ended: any status but queued and running.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>Gets when it ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets what the receiver answered.</summary>
    public DeliveryAnswer? Answer { get; init; }

    /// <summary>Gets why it didn't succeed.</summary>
    public string? Error { get; init; }

    /// <summary>Gets when the next attempt is due, which is stored as a queued execution; <see langword="null"/> where none follows.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Gets why the webhook is disabled by this; <see langword="null"/> where it isn't.</summary>
    public string? DisableWebhook { get; init; }
}
