namespace Switchyard.Jobs.Recurring;

/// <summary>Says what an occurrence of one kind of recurrence brings about. Pure: called inside of a transaction, under locks.</summary>
public interface IOccurrenceEffects
{
    /// <summary>Gets the kind of recurrence that this is for.</summary>
    string Kind { get; }

    /// <summary>Gets the effects of one occurrence: jobs whose ids are made by <see cref="OccurrenceId"/>, and records of the feature.</summary>
    /// <param name="due">The recurrence and its targets.</param>
    /// <param name="scheduledAt">The nominal instant.</param>
    /// <param name="now">The store's clock.</param>
    IReadOnlyList<JobEffect> Of(DueRecurrence due, DateTimeOffset scheduledAt, DateTimeOffset now);
}
