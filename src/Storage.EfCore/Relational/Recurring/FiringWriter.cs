using Switchyard.Jobs;
using Switchyard.Jobs.Recurring;
using Switchyard.Storage.EfCore.Jobs;

namespace Switchyard.Storage.EfCore.Recurring;

/// <summary>Records occurrences in the ledger, and applies the effects of those that weren't there yet.</summary>
internal sealed class FiringWriter(IEnumerable<IEffectApplier> appliers)
{
    private readonly IEffectApplier[] _appliers = [.. appliers];

    /// <summary>Writes the outcomes of firings, then their effects: records of features by kind, then jobs, whose enqueue wakes other nodes at the commit.</summary>
    /// <returns>How many occurrences fired, and whether anything was enqueued.</returns>
    public async Task<(int Fired, bool Enqueued)> RecordAsync(StoreSession session, IEnumerable<RecurrenceFiring> firings)
    {
        PlannedOccurrence[] planned = [.. firings.SelectMany(firing => firing.Occurrences)];
        if (planned.Length == 0)
        {
            return (0, false);
        }

        var recorded = await RecordAsync(session, planned).ConfigureAwait(false);
        PlannedOccurrence[] mine = [.. planned.Where(one => recorded.Remove((one.Occurrence.RecurrenceId, one.Occurrence.FirstAt)))];
        var enqueued = await ApplyAsync(session, mine.SelectMany(one => one.Effects)).ConfigureAwait(false);
        return (mine.Count(one => one.Occurrence.Outcome == OccurrenceOutcome.Fired), enqueued);
    }

    private static async Task<HashSet<(Guid, DateTimeOffset)>> RecordAsync(StoreSession session, PlannedOccurrence[] planned)
    {
        var rows = RecurrenceSql.Occurrences().Set(
            Of(occurrence => occurrence.RecurrenceId),
            Of(occurrence => (DateTimeOffset?)occurrence.FirstAt),
            Of(occurrence => (DateTimeOffset?)occurrence.LastAt),
            Of(occurrence => occurrence.Count),
            Of(occurrence => (int)occurrence.Outcome),
            Of(occurrence => occurrence.Revision),
            Of(occurrence => (DateTimeOffset?)occurrence.RecordedAt));
        return [.. await session.Command(RecurrenceSql.For(session.Dialect).Record).With(rows).ReadAsync(row => (row.Id(0), row.Instant(1))).ConfigureAwait(false)];

        T[] Of<T>(Func<Occurrence, T> value) => Array.ConvertAll(planned, one => value(one.Occurrence));
    }

    private async Task<bool> ApplyAsync(StoreSession session, IEnumerable<JobEffect> effects)
    {
        var requests = new List<JobRequest>();
        var others = new Dictionary<IEffectApplier, List<JobEffect>>();
        foreach (var effect in effects)
        {
            if (effect is JobRequest request)
            {
                JobRequestRules.Check(request);
                requests.Add(request);
            }
            else
            {
                var applier = Find(effect);
                if (!others.TryGetValue(applier, out var known))
                {
                    others.Add(applier, known = []);
                }

                known.Add(effect);
            }
        }

        foreach (var (applier, known) in others)
        {
            await applier.ApplyAllAsync(session, known).ConfigureAwait(false);
        }

        if (requests.Count > 0)
        {
            await JobInserts.EnqueueAsync(session, requests).ConfigureAwait(false);
        }

        return requests.Count > 0;
    }

    private IEffectApplier Find(JobEffect effect) => Array.Find(_appliers, applier => applier.Knows(effect)) ?? throw new InvalidOperationException(
        $"This store doesn't know effects of the type {effect.GetType().Name}. Register the storage of the feature that they belong to with the context of AddJobs().UseEfCore<TContext>().");
}
