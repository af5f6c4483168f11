namespace Switchyard.Scheduling.Delivering;

/// <summary>Represents what came of sending a request once.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Answer">What the receiver answered, as far as it came.</param>
/// <param name="Error">Why it didn't succeed, in words for the owner; no secrets. <see langword="null"/> where it did.</param>
/// <param name="RetryAfter">The <c>Retry-After</c> of the answer, as it came.</param>
internal sealed record SendOutcome(SendKind Kind, DeliveryAnswer? Answer, string? Error, string? RetryAfter = null)
{
    /// <summary>Gets whether another attempt may help.</summary>
    public bool MayBeRetried => Kind is SendKind.Rejected or SendKind.TimedOut or SendKind.Unanswered;

    public ExecutionStatus Status => Kind switch
    {
        SendKind.Delivered => ExecutionStatus.Success,
        SendKind.TimedOut => ExecutionStatus.TimedOut,
        _ => ExecutionStatus.Failure,
    };
}

/// <summary>Says what came of sending a request once.</summary>
internal enum SendKind
{
    /// <summary>The answer was 2xx.</summary>
    Delivered,

    /// <summary>The answer was something else.</summary>
    Rejected,

    /// <summary>The answer was 410: the receiver wants no more.</summary>
    Gone,

    /// <summary>There was no complete answer in time.</summary>
    TimedOut,

    /// <summary>There was no complete answer at all.</summary>
    Unanswered,

    /// <summary>The outbound guard doesn't allow the destination.</summary>
    NotAllowed,

    /// <summary>No request could be made of it.</summary>
    Unsendable,
}
