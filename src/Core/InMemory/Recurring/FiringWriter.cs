using Switchyard.InMemory.Jobs;
using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;

namespace Switchyard.InMemory.Recurring;

/// <summary>Records occurrences in the ledger, and applies the effects of those that weren't there yet. Every member needs the database's lock.</summary>
internal sealed class FiringWriter(InMemoryDatabase database, IEnumerable<IInMemoryEffectApplier> appliers)
{
    private readonly IInMemoryEffectApplier[] _appliers = [.. appliers];

    /// <summary>Writes the outcomes of firings with their effects, all or none.</summary>
    /// <returns>How many occurrences fired.</returns>
    public int Record(IReadOnlyList<RecurrenceFiring> firings, DateTimeOffset now)
    {
        var undo = new Stack<Action>();
        try
        {
            return firings.Sum(firing => firing.Occurrences.Count(planned => Record(planned, now, undo) && planned.Occurrence.Outcome == OccurrenceOutcome.Fired));
        }
        catch
        {
            foreach (var step in undo)
            {
                step();
            }

            throw;
        }
    }

    private bool Record(PlannedOccurrence planned, DateTimeOffset now, Stack<Action> undo)
    {
        var occurrence = planned.Occurrence;
        if (!database.Recurrences.TryGet(occurrence.RecurrenceId, out var row) || !row.Ledger.TryAdd(occurrence.FirstAt, occurrence))
        {
            return false;
        }

        undo.Push(() => row.Ledger.Remove(occurrence.FirstAt));
        foreach (var effect in planned.Effects)
        {
            undo.Push(Apply(effect, occurrence, now));
        }

        return true;
    }

    private Action Apply(JobEffect effect, Occurrence occurrence, DateTimeOffset now)
    {
        if (effect is JobRequest request)
        {
            JobRequestLimits.Check(request);
            var result = database.Jobs.Enqueue(request, now);
            return () =>
            {
                if (result.Created)
                {
                    database.Jobs.Remove(result.Id);
                }
            };
        }

        var applier = Array.Find(_appliers, candidate => candidate.Knows(effect)) ?? throw new InvalidOperationException(
            $"The in-memory store knows no effect of type {effect.GetType().Name}. Register the feature that it belongs to with UseInMemory().");
        var outcome = applier.Apply(effect, Nobody(occurrence), now);
        return outcome.IsRefused ? throw new InvalidOperationException(outcome.Refusal) : outcome.Undo;
    }

    // No job returns what an occurrence brings about.
    private static Job Nobody(Occurrence occurrence)
    {
        var id = new JobId(occurrence.RecurrenceId);
        return new Job
        {
            Id = id, Kind = "recurrence", Payload = "", State = JobState.Succeeded, Priority = 0, AvailableAt = occurrence.FirstAt,
            MaxAttempts = 1, RootId = id, CreatedAt = occurrence.RecordedAt,
        };
    }
}
