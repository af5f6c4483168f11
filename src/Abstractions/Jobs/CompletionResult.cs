namespace Switchyard.Jobs;

/// <summary>Represents what became of one completion.</summary>
/// <param name="Status">Whether the completion was written.</param>
/// <param name="Error">Why it was refused; <see langword="null"/> otherwise.</param>
public readonly record struct CompletionResult(CompletionStatus Status, string? Error = null);

/// <summary>Represents whether a completion was written.</summary>
public enum CompletionStatus
{
    /// <summary>State, result and every effect are committed.</summary>
    Applied = 0,

    /// <summary>The lease is no longer held; nothing of this completion was written.</summary>
    LeaseLost = 1,

    /// <summary>An effect is of an unknown type or can't be applied; nothing of this completion was written and the lease is still held.</summary>
    Refused = 2,
}
