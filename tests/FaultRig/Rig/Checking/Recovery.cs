using Switchyard.FaultRig.History;

namespace Switchyard.FaultRig.Checking;

/// <summary>How long a job that lost its process waited for the next run.</summary>
/// <param name="Job">The job.</param>
/// <param name="Took">From the death to the next run, or to the end that a lost last attempt is.</param>
/// <param name="Served">How much of that some worker was up.</param>
/// <param name="Disturbed">Whether the store was away meanwhile, or just had been.</param>
internal sealed record Recovery(string Job, TimeSpan Took, TimeSpan Served, bool Disturbed)
{
    /// <summary>How long a worker keeps away from a store that failed it, at the most.</summary>
    public static readonly TimeSpan Backoff = TimeSpan.FromSeconds(31);

    /// <summary>Measures every orphan of every process that died.</summary>
    public static IReadOnlyList<Recovery> All(RunHistory history)
    {
        var next = history.Workers.SelectMany(life => life.Events.Where(line => line.What == "start"))
            .Select(line => (line.Job, line.Token, line.At))
            .Concat(history.Audit.Where(row => row.After is not null && States.IsEnd(row.After.State)).Select(row => (row.Job, row.After!.Token, row.At)))
            .ToLookup(entry => entry.Job);
        var up = UpTimes(history);
        return
        [
            .. from life in history.Workers
               where life.End is LifeEnd.Killed or LifeEnd.FailPoint or LifeEnd.Poison
               from held in life.HeldAt(life.EndedAt)
               let again = next[held.Job].Where(entry => entry.Token > held.Token).Select(entry => entry.At).DefaultIfEmpty(-1).Min()
               where again > 0
               select new Recovery(held.Job, Between(life.EndedAt, again), UpWithin(up, life.EndedAt, again), IsDisturbed(history, life.EndedAt, again)),
        ];
    }

    /// <summary>Gets how long a busy machine may take beyond lease and poll: what was set, or four times what a process takes to start here.</summary>
    public static TimeSpan Slack(RunHistory history)
    {
        var usual = UsualStart(history);
        return usual * 4 > history.Settings.Slack ? usual * 4 : history.Settings.Slack;
    }

    /// <summary>Gets how long half of the processes took to start, at the most.</summary>
    public static TimeSpan UsualStart(RunHistory history)
    {
        var starts = history.Workers.Select(life => life.StartTook).OfType<TimeSpan>().Order().ToArray();
        return starts.Length == 0 ? TimeSpan.Zero : starts[starts.Length / 2];
    }

    private static TimeSpan Between(long from, long to) => TimeSpan.FromMicroseconds(Math.Max(0, to - from));

    /// <summary>Gets the times in which each worker was up, by their beginning.</summary>
    public static IReadOnlyList<(long From, long To)> UpTimes(RunHistory history) =>
        [.. history.Workers.SelectMany(life => life.UpTimes()).OrderBy(time => time.From)];

    /// <summary>Gets how much of a time some worker was up.</summary>
    public static TimeSpan UpWithin(IEnumerable<(long From, long To)> up, long from, long to)
    {
        var (sum, until) = (TimeSpan.Zero, from);
        foreach (var time in up)
        {
            sum += Between(Math.Max(time.From, until), Math.Min(time.To, to));
            until = Math.Max(until, time.To);
        }

        return sum;
    }

    private static bool IsDisturbed(RunHistory history, long from, long to) =>
        history.Outages.Any(outage => outage.From < to && outage.To + RigClock.Micros(Backoff) > from);
}
