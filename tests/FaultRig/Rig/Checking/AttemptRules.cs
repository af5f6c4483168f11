using System.Globalization;
using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Checking;

/// <summary>What the handlers saw: the tokens under which they ran, and how often.</summary>
internal static class AttemptRules
{
    public static IEnumerable<Violation> Check(RunHistory history) => [.. OneRunPerToken(history), .. WithinBounds(history), .. Fenced(history)];

    private static IEnumerable<Violation> OneRunPerToken(RunHistory history) =>
        Starts(history).GroupBy(start => (start.Line.Job, start.Line.Token)).Where(runs => runs.Count() > 1)
            .Select(runs => new Violation(Rules.OneRunPerToken, $"{runs.Key.Job} ran under token {runs.Key.Token} in {string.Join(" and ", runs.Select(run => run.Life))}"));

    private static IEnumerable<Violation> WithinBounds(RunHistory history)
    {
        var jobs = history.Jobs.ToDictionary(job => job.Id);
        foreach (var (_, line) in Starts(history))
        {
            var attempt = int.Parse(line.Details[2], CultureInfo.InvariantCulture);
            if (!jobs.TryGetValue(line.Job, out var job) || attempt < 1 || attempt > job.MaxAttempts)
            {
                yield return new Violation(Rules.AttemptsWithinBounds, $"{line.Job} ran attempt {attempt} of {job?.MaxAttempts}");
            }
        }

        foreach (var job in history.Jobs.Where(job => job.Attempt < 1 || job.Attempt > job.MaxAttempts))
        {
            yield return new Violation(Rules.AttemptsWithinBounds, $"{job.Id} ended with {job.Attempt} of {job.MaxAttempts} attempts");
        }
    }

    /// <summary>A success is written under the token of a run that came to its end, in the process that claimed the job.</summary>
    private static IEnumerable<Violation> Fenced(RunHistory history)
    {
        var ended = history.Workers.SelectMany(life => life.Events.Where(line => line is { What: "end" } && line.Details[2] == "Succeeded").Select(line => (line.Job, line.Token, life.Name))).ToHashSet();
        return history.Audit.Where(row => row.After is { State: States.Succeeded })
            .Where(row => !ended.Contains((row.Job, row.After!.Token, row.Before?.Owner ?? "")))
            .Select(row => new Violation(Rules.FencedWrites, $"{row.Job} succeeded under token {row.After!.Token} of {row.Before?.Owner}, whose run hadn't"));
    }

    private static IEnumerable<(string Life, JournalEvent Line)> Starts(RunHistory history) =>
        history.Workers.SelectMany(life => life.Events.Where(line => line.What == "start").Select(line => (life.Name, line)));
}
