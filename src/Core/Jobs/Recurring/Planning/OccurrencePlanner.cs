using System.Diagnostics.CodeAnalysis;
using Switchyard.Cron;

namespace Switchyard.Jobs.Recurring.Planning;

/// <summary>Plans by the policies of contract 5: first what came too late is left out, then who of the rest fires is decided by overlap and misfire policy.</summary>
internal sealed class OccurrencePlanner(ScheduleCache schedules, IEnumerable<IOccurrenceEffects> effects, TimeSpan misfireThreshold) : IOccurrencePlanner
{
    /// <summary>How many fire at the most where each is to (reliability G15).</summary>
    public const int MostFired = 100;

    private static readonly TimeSpan DefaultCatchUp = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, IOccurrenceEffects> _effects = effects.ToDictionary(one => one.Kind, StringComparer.Ordinal);

    /// <inheritdoc/>
    public RecurrenceFiring Plan(DueRecurrence due, DateTimeOffset now, bool ending = false)
    {
        ArgumentNullException.ThrowIfNull(due);
        var recurrence = due.Recurrence;
        if (!recurrence.Enabled || recurrence.NextAt is not { } first)
        {
            return Firing(due, recurrence.NextAt, []);
        }

        if (first > now || (IsWaiting(due) && due.Busy && !ending))
        {
            return first > now ? Firing(due, first, []) : PutOff(due, first, now);
        }

        var outcomes = new Outcomes(due, now, EffectsOf(recurrence));
        if (!TryRead(recurrence, ending, out var schedule))
        {
            // Which instants followed it nobody can tell; its owner must be able to change it all the same.
            outcomes.Leave([first], OccurrenceOutcome.SkippedDisabled);
            return Firing(due, null, outcomes.Planned);
        }

        var instants = DueInstants.List(schedule, first, now, MostFired);
        var isBuffered = due is { Busy: true, Recurrence.OverlapPolicy: OverlapPolicy.BufferOne } && !ending;
        while (instants.IsCut && !isBuffered)
        {
            LeaveAll(due, instants, now, outcomes, ending);
            if (!ending)
            {
                return Firing(due, instants.Next, outcomes.Planned);
            }

            instants = DueInstants.List(schedule, instants.Next!.Value, now, MostFired);
        }

        return Plan(due, instants, now, outcomes, ending);
    }

    /// <inheritdoc/>
    public DateTimeOffset? Next(Recurrence recurrence, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(recurrence);
        return recurrence.Enabled ? schedules.Get(recurrence).Next(after) : null;
    }

    /// <summary>Leaves instants of which none is among the latest, so that none of them fires: whichever does comes in a later plan.</summary>
    private void LeaveAll(DueRecurrence due, DueInstants instants, DateTimeOffset now, Outcomes outcomes, bool ending)
    {
        ReadOnlySpan<DateTimeOffset> all = [.. instants.Instants];
        var late = CountLate(all, due, now);
        outcomes.Leave(all[..late], OccurrenceOutcome.SkippedMisfire);
        outcomes.Leave(all[late..], WhyLeft(due, ending));
    }

    private RecurrenceFiring Plan(DueRecurrence due, DueInstants instants, DateTimeOffset now, Outcomes outcomes, bool ending)
    {
        ReadOnlySpan<DateTimeOffset> all = [.. instants.Instants];
        var late = CountLate(all, due, now);
        late = FiresEach(due.Recurrence) ? Math.Max(late, all.Length - MostFired) : late;
        var inTime = all[late..];

        outcomes.Leave(all[..late], OccurrenceOutcome.SkippedMisfire);
        if (inTime.Length > 0 && !Decide(due, inTime, outcomes, ending))
        {
            return PutOff(due, inTime[0], now) with { Occurrences = outcomes.Planned };
        }

        return Firing(due, instants.Next, outcomes.Planned) with { LastAt = outcomes.HasFired ? now : null };
    }

    /// <summary>Decides about instants that may fire.</summary>
    /// <returns>Whether it is decided; otherwise they are buffered.</returns>
    private static bool Decide(DueRecurrence due, ReadOnlySpan<DateTimeOffset> inTime, Outcomes outcomes, bool ending)
    {
        switch (due.Recurrence.OverlapPolicy)
        {
            case OverlapPolicy.Skip when due.Busy:
                outcomes.Leave(inTime, OccurrenceOutcome.SkippedOverlap);
                return true;
            case OverlapPolicy.BufferOne when due.Busy && ending:
                outcomes.Leave(inTime, OccurrenceOutcome.SkippedDisabled);
                return true;
            case OverlapPolicy.BufferOne when due.Busy:
                return false;
            case OverlapPolicy.Skip when FiresEach(due.Recurrence):
                // The work of the first is unfinished when the others come.
                outcomes.Fire(inTime[0]);
                outcomes.Leave(inTime[1..], OccurrenceOutcome.SkippedOverlap);
                return true;
            case OverlapPolicy.Allow when FiresEach(due.Recurrence):
                foreach (var instant in inTime)
                {
                    outcomes.Fire(instant);
                }

                return true;
            default:
                outcomes.Leave(inTime[..^1], OccurrenceOutcome.Coalesced);
                outcomes.Fire(inTime[^1]);
                return true;
        }
    }

    private static bool FiresEach(Recurrence recurrence) =>
        recurrence.MisfirePolicy != MisfirePolicy.FireOnce && recurrence.OverlapPolicy != OverlapPolicy.BufferOne;

    private static OccurrenceOutcome WhyLeft(DueRecurrence due, bool ending) => due.Recurrence.OverlapPolicy switch
    {
        _ when FiresEach(due.Recurrence) => OccurrenceOutcome.SkippedMisfire,
        OverlapPolicy.Skip when due.Busy => OccurrenceOutcome.SkippedOverlap,
        OverlapPolicy.BufferOne when due.Busy && ending => OccurrenceOutcome.SkippedDisabled,
        _ => OccurrenceOutcome.Coalesced,
    };

    private bool TryRead(Recurrence recurrence, bool ending, [NotNullWhen(true)] out CronSchedule? schedule)
    {
        try
        {
            schedule = schedules.Get(recurrence);
            return true;
        }
        catch (FormatException) when (ending)
        {
            schedule = null;
            return false;
        }
    }

    private int CountLate(ReadOnlySpan<DateTimeOffset> all, DueRecurrence due, DateTimeOffset now)
    {
        var late = 0;
        if (WindowOf(due) is { } window)
        {
            while (late < all.Length && now - all[late] > window)
            {
                late++;
            }
        }

        return late;
    }

    /// <summary>Gets how late an instant may be and still fire. What was buffered was in time when it was first looked at.</summary>
    private TimeSpan? WindowOf(DueRecurrence due) => due.Recurrence switch
    {
        { MisfirePolicy: not MisfirePolicy.Skip, CatchUpWindow: { } window } => window > misfireThreshold ? window : misfireThreshold,
        _ when IsWaiting(due) => null,
        { MisfirePolicy: MisfirePolicy.Skip } => misfireThreshold,
        { MisfirePolicy: MisfirePolicy.FireAll } => DefaultCatchUp > misfireThreshold ? DefaultCatchUp : misfireThreshold,
        _ => null,
    };

    private static bool IsWaiting(DueRecurrence due) => due.Recurrence.OverlapPolicy == OverlapPolicy.BufferOne && due.LookAt > due.Recurrence.NextAt;

    /// <summary>Looks again after a sixteenth of the time that the buffered one has waited: quickly at first, and rarely while work goes on for hours.</summary>
    private static RecurrenceFiring PutOff(DueRecurrence due, DateTimeOffset first, DateTimeOffset now)
    {
        var wait = (now - first) / 16;
        wait = wait < LeastWait ? LeastWait : wait > MostWait ? MostWait : wait;
        return Firing(due, first, []) with { LookAt = now + wait };
    }

    private static RecurrenceFiring Firing(DueRecurrence due, DateTimeOffset? next, IReadOnlyList<PlannedOccurrence> planned) =>
        new() { RecurrenceId = due.Recurrence.Id, NextAt = next, Occurrences = planned };

    private IOccurrenceEffects EffectsOf(Recurrence recurrence) => _effects.GetValueOrDefault(recurrence.Kind) ?? throw new InvalidOperationException(
        $"No IOccurrenceEffects is registered for recurrences of the kind '{recurrence.Kind}'.");
}
