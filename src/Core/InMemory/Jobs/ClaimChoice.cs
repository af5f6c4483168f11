using Switchyard.Jobs;

namespace Switchyard.InMemory.Jobs;

/// <summary>Chooses what a claim gets: due jobs in order, within the limits of their kinds, a suspect alone.</summary>
internal sealed class ClaimChoice(InMemoryDatabase database, IReadOnlyList<string> kinds, DateTimeOffset now)
{
    private readonly KindBudget[] _budgets =
        [.. kinds.Distinct(StringComparer.Ordinal)
            .Where(database.Jobs.Lanes.ContainsKey)
            .Select(kind => new KindBudget(database.Jobs.Lanes[kind], database.Kinds.Find(kind), now))];

    public IReadOnlyList<JobRow> Choose(int max)
    {
        var chosen = new List<JobRow>();
        var open = _budgets.Where(budget => budget.MoveNext()).ToList();
        while (chosen.Count < max && open.Count > 0)
        {
            var first = open.MinBy(budget => budget.Current, JobRowOrder.Claim)!;
            if (first.Allows(first.Current))
            {
                if (first.Current.IsSuspect && chosen.Count == 0)
                {
                    return [first.Current];
                }

                if (!first.Current.IsSuspect)
                {
                    chosen.Add(first.Current);
                    first.Take(first.Current);
                }
            }

            if (!first.MoveNext())
            {
                open.Remove(first);
            }
        }

        return chosen;
    }

    /// <summary>Gets when a claim may next be worth making: jobs that a limit or a pause holds back are no reason to.</summary>
    public DateTimeOffset? NextAt() => Choose(1).Count > 0 ? now : _budgets.Min(budget => budget.NextAt());
}
