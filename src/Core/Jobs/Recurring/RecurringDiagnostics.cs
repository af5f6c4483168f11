namespace Switchyard.Jobs.Recurring;

/// <summary>Names what the firing of recurring work reports, on the meter and activity source of <see cref="Diagnostics.JobsDiagnostics"/>.</summary>
public static class RecurringDiagnostics
{
    /// <summary>Names the span of one transaction that fires what is due.</summary>
    public const string FireActivity = "recurrences fire";

    /// <summary>Counts nominal instants that got an outcome, by <see cref="OutcomeTag"/>.</summary>
    public const string Occurrences = "switchyard.recurring.occurrences";

    /// <summary>Measures how long after its nominal instant an occurrence fired, in seconds, by the store's clock.</summary>
    public const string Lateness = "switchyard.recurring.lateness";

    /// <summary>Measures how long a transaction took that fired what was due, in seconds.</summary>
    public const string BatchDuration = "switchyard.recurring.batch.duration";

    /// <summary>Shows how long it is since this process last looked for what is due, in seconds.</summary>
    public const string TickAge = "switchyard.recurring.tick_age";

    /// <summary>Counts recurrences that were put off for a minute because they could not be planned or stored.</summary>
    public const string PutOff = "switchyard.recurring.put_off";

    /// <summary>Names the tag of the outcome: <c>fired</c>, <c>coalesced</c>, <c>skipped_misfire</c>, <c>skipped_overlap</c> or <c>skipped_disabled</c>.</summary>
    public const string OutcomeTag = "switchyard.occurrence.outcome";
}
