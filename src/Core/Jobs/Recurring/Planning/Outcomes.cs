namespace Switchyard.Jobs.Recurring.Planning;

/// <summary>Collects the rows of one plan.</summary>
internal sealed class Outcomes(DueRecurrence due, DateTimeOffset now, IOccurrenceEffects effects)
{
    private readonly List<PlannedOccurrence> _planned = [];

    public IReadOnlyList<PlannedOccurrence> Planned => _planned;

    public bool HasFired { get; private set; }

    /// <summary>Adds a run of instants that don't fire: to the row before where that has the same outcome, else as a row.</summary>
    public void Leave(ReadOnlySpan<DateTimeOffset> run, OccurrenceOutcome outcome)
    {
        if (run.Length > 0 && _planned is [.., { Occurrence: var before }] && before.Outcome == outcome)
        {
            _planned[^1] = new PlannedOccurrence(before with { LastAt = run[^1], Count = before.Count + run.Length }, []);
        }
        else if (run.Length > 0)
        {
            _planned.Add(new PlannedOccurrence(Row(run[0], outcome) with { LastAt = run[^1], Count = run.Length }, []));
        }
    }

    public void Fire(DateTimeOffset instant)
    {
        HasFired = true;
        _planned.Add(new PlannedOccurrence(Row(instant, OccurrenceOutcome.Fired), effects.Of(due, instant, now)));
    }

    private Occurrence Row(DateTimeOffset instant, OccurrenceOutcome outcome) => new()
    {
        RecurrenceId = due.Recurrence.Id, FirstAt = instant, LastAt = instant, Outcome = outcome, Revision = due.Recurrence.Revision, RecordedAt = now,
    };
}
