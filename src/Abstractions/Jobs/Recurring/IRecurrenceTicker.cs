namespace Switchyard.Jobs.Recurring;

/// <summary>Tells how the firing of recurrences goes on this node; the kernel (<c>AddJobs()</c>) has the one implementation.</summary>
public interface IRecurrenceTicker
{
    /// <summary>Gets whether this node looks for due recurrences: it has started, isn't stopping, and its options let it.</summary>
    bool IsRunning { get; }

    /// <summary>Gets when this node last looked without failure, by its own clock; <see langword="null"/> where it hasn't yet.</summary>
    DateTimeOffset? LastTickAt { get; }
}
