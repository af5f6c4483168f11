namespace Switchyard.Jobs.Operations;

/// <summary>Represents what holds for a kind of jobs on every node.</summary>
public sealed record JobKind
{
    /// <summary>Gets the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets its limits.</summary>
    public required JobKindLimits Limits { get; init; }

    /// <summary>Gets when it was paused, by the store's clock; <see langword="null"/> where it isn't.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Gets who paused it.</summary>
    public string? PausedBy { get; init; }

    /// <summary>Gets why it is paused.</summary>
    public string? PauseReason { get; init; }
}
