namespace Switchyard.Jobs.Recurring.Templates;

/// <summary>Enqueues the job of a recurring job, under the identity of the occurrence.</summary>
internal sealed class JobOccurrences : IOccurrenceEffects
{
    /// <inheritdoc/>
    public string Kind => JobTemplate.Kind;

    /// <inheritdoc/>
    public IReadOnlyList<JobEffect> Of(DueRecurrence due, DateTimeOffset scheduledAt, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(due);
        var id = new JobId(OccurrenceId.Of(due.Recurrence.Id, scheduledAt, Guid.Empty));
        return [JobTemplate.Read(due.Recurrence).ToRequest(id, due.Recurrence)];
    }
}
