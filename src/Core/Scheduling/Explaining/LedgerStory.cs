using System.Globalization;
using Switchyard.Jobs.Recurring;

namespace Switchyard.Scheduling.Explaining;

/// <summary>Tells what became of an expected instant, and why, by ledger and executions. Pure.</summary>
internal sealed class LedgerStory(Recurrence recurrence, IReadOnlyList<Occurrence> ledger, ILookup<DateTimeOffset, Execution> executions, DateTimeOffset now)
{
    public ExplainedInstant Of(ExpectedInstant expected) =>
        ledger.FirstOrDefault(row => row.FirstAt <= expected.At && expected.At <= row.LastAt && row.Revision == expected.Definition.Revision) is { } row
            ? Recorded(expected.At, row)
            : Unrecorded(expected);

    /// <summary>Tells of firings that no definition explains: the time zone's rules were others when they were planned.</summary>
    public IEnumerable<ExplainedInstant> Unexpected(DateTimeOffset end, HashSet<DateTimeOffset> told) =>
        ledger.Where(row => row.Outcome == OccurrenceOutcome.Fired && row.FirstAt <= end && !told.Contains(row.FirstAt)).Select(row => Recorded(row.FirstAt, row));

    private ExplainedInstant Recorded(DateTimeOffset at, Occurrence row)
    {
        var into = row.Outcome == OccurrenceOutcome.Coalesced
            ? ledger.FirstOrDefault(later => later.Outcome == OccurrenceOutcome.Fired && later.FirstAt > row.LastAt)?.FirstAt
            : null;
        var (outcome, why) = row.Outcome switch
        {
            OccurrenceOutcome.Fired => (InstantOutcome.Fired, Fired(at, row)),
            OccurrenceOutcome.Coalesced => (InstantOutcome.Coalesced, Coalesced(into)),
            OccurrenceOutcome.SkippedMisfire => (InstantOutcome.SkippedMisfire, "It was missed, and the misfire policy or the catch-up window left it out."),
            OccurrenceOutcome.SkippedOverlap => (InstantOutcome.SkippedOverlap, "It was skipped: the deliveries of an earlier run were unfinished."),
            _ => (InstantOutcome.SkippedDisabled, "It was due, but the job was disabled or changed before it ran."),
        };
        return new()
        {
            At = at,
            Outcome = outcome,
            Why = why,
            CoalescedInto = into,
            RecordedAt = row.RecordedAt,
            Executions = row.Outcome == OccurrenceOutcome.Fired ? [.. executions[at]] : [],
        };
    }

    private ExplainedInstant Unrecorded(ExpectedInstant expected)
    {
        var at = expected.At;
        var (outcome, why) = expected switch
        {
            { IsBeforeCreation: true } => (InstantOutcome.BeforeCreation, "The job didn't exist yet."),
            { Definition.Enabled: false } => (InstantOutcome.Disabled, "The job was disabled."),
            _ when at > now => (InstantOutcome.Upcoming, "It is yet to come."),
            _ when !(recurrence.NextAt <= at) || expected.Definition.Revision != recurrence.Revision =>
                (InstantOutcome.NoLongerRecorded, "What became of it is no longer kept."),
            _ when recurrence.OverlapPolicy == OverlapPolicy.BufferOne =>
                (InstantOutcome.Overdue, "It is due and not recorded yet: it waits until the deliveries of an earlier run have ended, or no node runs the schedules."),
            _ => (InstantOutcome.Overdue, "It is due and not recorded yet: it runs as soon as a node runs the schedules."),
        };
        return new() { At = at, Outcome = outcome, Why = why };
    }

    private string Fired(DateTimeOffset at, Occurrence row)
    {
        var late = row.RecordedAt - at;
        var lateness = late < TimeSpan.FromSeconds(5) ? "It ran." : string.Create(CultureInfo.InvariantCulture, $"It ran {Span(late)} late.");
        var last = executions[at].GroupBy(execution => execution.RootId).Select(firing => firing.MaxBy(execution => execution.Attempt)!.Status).ToArray();
        return last.Length == 0 ? $"{lateness} Its executions are no longer kept." : $"{lateness} {Deliveries(last)}";
    }

    private static string Deliveries(ExecutionStatus[] last)
    {
        var (succeeded, failed) = (last.Count(status => status == ExecutionStatus.Success), last.Count(status => status > ExecutionStatus.Success));
        var open = last.Length - succeeded - failed;
        return string.Create(CultureInfo.InvariantCulture, $"Of {last.Length} {(last.Length == 1 ? "delivery" : "deliveries")} {succeeded} succeeded, {failed} failed, {open} {(open == 1 ? "is" : "are")} unfinished.");
    }

    private static string Coalesced(DateTimeOffset? into) => into is { } at
        ? $"It was missed, and the run of {at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)} stands for it."
        : "It was missed, and a later run stands for it.";

    private static string Span(TimeSpan late) =>
        late < TimeSpan.FromMinutes(2) ? $"{late.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture)} seconds"
        : late < TimeSpan.FromHours(2) ? $"{late.TotalMinutes.ToString("F0", CultureInfo.InvariantCulture)} minutes"
        : late < TimeSpan.FromDays(2) ? $"{late.TotalHours.ToString("F0", CultureInfo.InvariantCulture)} hours"
        : $"{late.TotalDays.ToString("F0", CultureInfo.InvariantCulture)} days";
}
