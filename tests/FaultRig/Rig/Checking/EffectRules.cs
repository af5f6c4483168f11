using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Checking;

/// <summary>What a completion brings along comes about exactly once, and by the holder of the lease.</summary>
internal static class EffectRules
{
    public static IEnumerable<Violation> Check(RunHistory history) => [.. EffectsOnce(history), .. FollowUpsOnce(history)];

    private static IEnumerable<Violation> EffectsOnce(RunHistory history)
    {
        var effects = history.Effects.ToLookup(effect => effect.Job);
        var ends = history.Audit.Where(row => row.After is { State: States.Succeeded }).GroupBy(row => row.Job).ToDictionary(rows => rows.Key, rows => rows.First());
        foreach (var job in history.Jobs)
        {
            var (expected, written) = (job.State == States.Succeeded ? 1 : 0, effects[job.Id].ToArray());
            if (written.Length != expected)
            {
                yield return new Violation(Rules.EffectsOnce, $"{job.Kind} {job.Id} in state {job.State} has {written.Length} effects");
            }
            else if (expected == 1 && ends.TryGetValue(job.Id, out var end) && (written[0].Token, written[0].Node) != (end.Before!.Token, end.Before.Owner))
            {
                yield return new Violation(Rules.EffectsOnce, $"{job.Id} was ended under token {end.Before.Token} of {end.Before.Owner}, its effect is of {written[0].Token} of {written[0].Node}");
            }
        }

        var jobs = history.Jobs.Select(job => job.Id).ToHashSet();
        foreach (var effect in history.Effects.Where(effect => !jobs.Contains(effect.Job)))
        {
            yield return new Violation(Rules.EffectsOnce, $"{effect.Job} has an effect and isn't there");
        }
    }

    private static IEnumerable<Violation> FollowUpsOnce(RunHistory history)
    {
        var children = history.Jobs.Where(job => job.Parent is not null).ToLookup(job => job.Parent);
        return history.Jobs
            .Select(job => (job, expected: (job.Kind, job.State) is ("chain", States.Succeeded) or ("poison", States.DeadLetter) ? 1 : 0, found: children[job.Id].Count()))
            .Where(entry => entry.found != entry.expected)
            .Select(entry => new Violation(Rules.FollowUpsOnce, $"{entry.job.Kind} {entry.job.Id} has {entry.found} follow-ups"));
    }
}
