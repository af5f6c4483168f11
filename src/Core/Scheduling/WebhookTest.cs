namespace Switchyard.Scheduling;

/// <summary>Represents what came of sending a webhook once. It is stored nowhere, counts as no execution, and isn't tried again.</summary>
public sealed record WebhookTest
{
    /// <summary>Gets what was sent.</summary>
    public required RenderedRequest Request { get; init; }

    /// <summary>Gets how it went: <see cref="ExecutionStatus.Success"/>, <see cref="ExecutionStatus.Failure"/> or <see cref="ExecutionStatus.TimedOut"/>.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>Gets what the receiver answered; <see langword="null"/> where it didn't.</summary>
    public DeliveryAnswer? Answer { get; init; }

    /// <summary>Gets why it didn't succeed; <see langword="null"/> where it did.</summary>
    public string? Error { get; init; }

    /// <summary>Gets how long it took.</summary>
    public required TimeSpan Duration { get; init; }
}
