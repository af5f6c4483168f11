using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Checking;

/// <summary>What was accepted is there, and ended.</summary>
internal static class StoredRules
{
    public static IEnumerable<Violation> Check(RunHistory history) => [.. AcceptedIsStored(history), .. OneTransaction(history), .. EndsAsExpected(history)];

    private static IEnumerable<Violation> AcceptedIsStored(RunHistory history)
    {
        var stored = history.Jobs.Select(job => job.Id).ToHashSet();
        return history.Events("accepted").Where(line => !stored.Contains(line.Job))
            .Select(line => new Violation(Rules.AcceptedIsStored, $"{line.Job} was accepted and isn't there"));
    }

    private static IEnumerable<Violation> OneTransaction(RunHistory history)
    {
        var jobs = history.Jobs.Where(job => job.Kind == "order").Select(job => job.Id).ToHashSet();
        var rows = history.Orders.ToHashSet();
        return jobs.Except(rows).Select(id => new Violation(Rules.OneTransaction, $"{id} has no order"))
            .Concat(rows.Except(jobs).Select(id => new Violation(Rules.OneTransaction, $"the order of {id} has no job")));
    }

    private static IEnumerable<Violation> EndsAsExpected(RunHistory history)
    {
        if (!history.CameToRest)
        {
            yield return new Violation(Rules.EndsAsExpected, $"{history.Jobs.Count(job => !States.IsEnd(job.State))} jobs had not ended in time");
        }

        foreach (var job in history.Jobs)
        {
            var expected = job.Kind == "poison" ? States.DeadLetter : States.Succeeded;
            if (job.State != expected)
            {
                yield return new Violation(Rules.EndsAsExpected, $"{job.Kind} {job.Id} is in state {job.State} after {job.Attempt} attempts");
            }
            else if (job.Kind == "poison" && job.Attempt != job.MaxAttempts)
            {
                yield return new Violation(Rules.EndsAsExpected, $"poison {job.Id} ended after {job.Attempt} of {job.MaxAttempts} attempts");
            }
        }
    }
}
