using FsCheck;
using FsCheck.Fluent;
using Property = Switchyard.TestKit.Property;

namespace Switchyard.Jobs.Recurring;

/// <summary>P-SC1, P-SC4 and P-SC5 against an oracle that walks through time.</summary>
public sealed class MisfireProperties
{
    private const int Threshold = 60;

    private static readonly Gen<Downtime> Downtimes =
        from schedule in SimpleSchedule.Generator
        from offset in Gen.Choose(0, 86_400 * 200)
        from down in Gen.Frequency(
            (2, Gen.Choose(1, 59)), (3, Gen.Choose(60, 3_600)), (3, Gen.Choose(3_600, 40_000)), (1, Gen.Choose(40_000, 172_800)))
        from misfire in Gen.Elements(Enum.GetValues<MisfirePolicy>())
        from overlap in Gen.Frequency((3, Gen.Constant(OverlapPolicy.Allow)), (1, Gen.Constant(OverlapPolicy.Skip)), (1, Gen.Constant(OverlapPolicy.BufferOne)))
        from busy in Gen.Elements(true, false)
        from window in Gen.Frequency((2, Gen.Constant<int?>(null)), (1, Gen.Choose(0, 90_000).Select(seconds => (int?)seconds)))
        select new Downtime(schedule, PlannerSubject.Start.AddSeconds(offset), down, misfire, overlap, busy && overlap != OverlapPolicy.Allow, window);

    [Fact]
    public void Each_instant_of_a_downtime_has_the_outcome_that_the_policies_say() =>
        Property.Holds(
            Downtimes,
            downtime => downtime.Misfire + (downtime.Busy ? ", busy" : "") + (downtime.Schedule.Seconds > 0 && downtime.Down / downtime.Schedule.Seconds > 100 ? ", many" : ""),
            ["FireOnce", "Skip", "FireAll", "FireOnce, many", "Skip, many", "FireAll, many"],
            downtime =>
            {
                var expected = downtime.Expected();
                if (expected.Count == 0)
                {
                    return;
                }

                var (rows, then, _) = PlannerSubject.Create().Settle(downtime.Due(expected[0].At), downtime.Now);

                Assert.Equal(expected, Expand(rows, expected));
                var open = downtime.Open();
                Assert.Equal(open.Count > 0 ? open[0] : downtime.Schedule.Between(downtime.Now, downtime.Now.AddDays(downtime.Schedule.Seconds > 0 ? 0.1 : 2)).First(), then.Recurrence.NextAt);
            },
            cases: 400);

    [Fact]
    public void What_fires_depends_on_the_stores_clock_alone_and_the_next_instant_never_goes_back() =>
        Property.Holds(
            from schedule in SimpleSchedule.Generator
            from jumps in Gen.Choose(-7_200, 7_200).ArrayOf(12)
            select (Schedule: schedule, Jumps: jumps),
            run => run.Jumps.Any(jump => jump < -3_600) ? "far back" : run.Jumps.Any(jump => jump < 0) ? "back" : "forth",
            ["far back"],
            run =>
            {
                var planner = PlannerSubject.Create();
                var recurrence = PlannerSubject.NewRecurrence(run.Schedule.Expression, run.Schedule.Between(PlannerSubject.Start, PlannerSubject.Start.AddDays(2))[0], run.Schedule.Zone);
                var due = recurrence.Due();
                var (now, latest, rows) = (PlannerSubject.Start, PlannerSubject.Start, new List<Occurrence>());
                foreach (var jump in run.Jumps)
                {
                    now = now.AddSeconds(jump);
                    latest = now > latest ? now : latest;
                    var before = due.Recurrence.NextAt;
                    (var more, due, _) = planner.Settle(due, now);
                    rows.AddRange(more);
                    Assert.True(due.Recurrence.NextAt >= before);
                }

                var expected = run.Schedule.Between(PlannerSubject.Start, latest).ConvertAll(at => (at, OccurrenceOutcome.Fired));
                Assert.Equal(expected.Count, Expand(rows, expected).Count);
            },
            cases: 200);

    /// <summary>Gives each instant of a row its outcome; what a row stands for must be the oracle's instants between its ends, no more and no fewer.</summary>
    private static List<(DateTimeOffset At, OccurrenceOutcome Outcome)> Expand(List<Occurrence> rows, List<(DateTimeOffset At, OccurrenceOutcome Outcome)> oracle)
    {
        var expanded = new List<(DateTimeOffset, OccurrenceOutcome)>();
        foreach (var row in rows)
        {
            var covered = oracle.Skip(expanded.Count).TakeWhile(one => one.At <= row.LastAt).Select(one => (one.At, row.Outcome)).ToArray();
            Assert.Equal((row.Count, row.FirstAt, row.LastAt), (covered.Length, covered[0].At, covered[^1].At));
            expanded.AddRange(covered);
        }

        return expanded;
    }

    internal sealed record Downtime(SimpleSchedule Schedule, DateTimeOffset From, int Down, MisfirePolicy Misfire, OverlapPolicy Overlap, bool Busy, int? Window)
    {
        public DateTimeOffset Now => From.AddSeconds(Down);

        public DueRecurrence Due(DateTimeOffset first) => (PlannerSubject.NewRecurrence(Schedule.Expression, first, Schedule.Zone) with
        {
            MisfirePolicy = Misfire, OverlapPolicy = Overlap, CatchUpWindow = Window is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        }).Due(Busy);

        /// <summary>The instants that stay open: what is buffered.</summary>
        public List<DateTimeOffset> Open() => Busy && Overlap == OverlapPolicy.BufferOne ? [.. Schedule.Between(From, Now).Where(at => !IsLate(at))] : [];

        /// <summary>What each instant comes to, said as the documents say it.</summary>
        public List<(DateTimeOffset At, OccurrenceOutcome Outcome)> Expected()
        {
            var all = Schedule.Between(From, Now);
            var inTime = all.Where(at => !IsLate(at)).ToList();
            var each = Misfire != MisfirePolicy.FireOnce && Overlap != OverlapPolicy.BufferOne;
            return [.. all.Select((at, index) => (at, Outcome: Outcome(at, all.Count - index, inTime.Count, each)))
                .Where(one => one.Outcome is not null).Select(one => (one.at, one.Outcome!.Value))];
        }

        /// <param name="at">The instant.</param>
        /// <param name="rank">Its rank from the latest, which is 1.</param>
        /// <param name="inTime">How many may fire by their lateness.</param>
        /// <param name="each">Whether each of them is to.</param>
        private OccurrenceOutcome? Outcome(DateTimeOffset at, int rank, int inTime, bool each)
        {
            return IsLate(at) || (each && rank > 100) ? OccurrenceOutcome.SkippedMisfire
                : Busy && Overlap == OverlapPolicy.Skip ? OccurrenceOutcome.SkippedOverlap
                : Busy && Overlap == OverlapPolicy.BufferOne ? null
                : !each ? (rank == 1 ? OccurrenceOutcome.Fired : OccurrenceOutcome.Coalesced)
                : Overlap == OverlapPolicy.Skip ? (rank == Math.Min(100, inTime) ? OccurrenceOutcome.Fired : OccurrenceOutcome.SkippedOverlap)
                : OccurrenceOutcome.Fired;
        }

        private bool IsLate(DateTimeOffset at)
        {
            int? window = Misfire == MisfirePolicy.Skip ? Threshold
                : Window is { } stated ? Math.Max(stated, Threshold)
                : Misfire == MisfirePolicy.FireAll ? 3_600 : null;
            return window is { } seconds && Now - at > TimeSpan.FromSeconds(seconds);
        }
    }
}
