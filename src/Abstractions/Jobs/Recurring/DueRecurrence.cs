namespace Switchyard.Jobs.Recurring;

/// <summary>Represents a recurrence whose next instant has come, locked for whoever plans what becomes of it.</summary>
/// <param name="Recurrence">The recurrence.</param>
/// <param name="Targets">What each occurrence is enqueued for, such as the webhooks of a schedule, in order; may be empty.</param>
/// <param name="Busy">
/// Whether a job is unfinished whose <see cref="JobRequest.ConcurrencyKey"/> is <see cref="ConcurrencyKeyOf"/> of it.
/// Looked at only where the overlap policy isn't <see cref="OverlapPolicy.Allow"/>.
/// </param>
public sealed record DueRecurrence(Recurrence Recurrence, IReadOnlyList<Guid> Targets, bool Busy)
{
    /// <summary>Gets when it was to be looked at; later than <see cref="Recurrence.NextAt"/> where an earlier look has put it off.</summary>
    public DateTimeOffset? LookAt { get; init; }

    /// <summary>Gets the concurrency key that the jobs of a recurrence bear where its overlap policy isn't <see cref="OverlapPolicy.Allow"/>.</summary>
    public static string ConcurrencyKeyOf(Guid recurrence) => $"recurrence:{recurrence:D}";
}
