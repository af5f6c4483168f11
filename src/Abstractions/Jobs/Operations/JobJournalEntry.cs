namespace Switchyard.Jobs.Operations;

/// <summary>Represents what the handler of one attempt has reported so far.</summary>
public sealed record JobJournalEntry
{
    /// <summary>Gets the lease of the attempt.</summary>
    public required JobLease Lease { get; init; }

    /// <summary>Gets the number of the attempt, counted from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Gets how far the attempt is, from 0 to 100.</summary>
    public double? Percent { get; init; }

    /// <summary>Gets what is being done.</summary>
    public string? Message { get; init; }

    /// <summary>Gets the last lines of the attempt's log, in order.</summary>
    public IReadOnlyList<JobLogLine> Lines { get; init; } = [];

    /// <summary>Gets when the entry was written, by the store's clock; stores set it.</summary>
    public DateTimeOffset WrittenAt { get; init; }
}

/// <summary>Represents a line of an attempt's log.</summary>
/// <param name="At">When it was reported, by the worker's clock.</param>
/// <param name="Text">The line.</param>
public sealed record JobLogLine(DateTimeOffset At, string Text);
