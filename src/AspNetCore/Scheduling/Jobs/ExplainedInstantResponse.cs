using System.Text.Json.Serialization;
using Switchyard.AspNetCore.Scheduling.Executions;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Represents what became of one expected instant, and why.</summary>
internal sealed record ExplainedInstantResponse
{
    private static readonly WireNames<InstantOutcome> Outcomes = new(
        ("fired", InstantOutcome.Fired),
        ("coalesced", InstantOutcome.Coalesced),
        ("skipped_misfire", InstantOutcome.SkippedMisfire),
        ("skipped_overlap", InstantOutcome.SkippedOverlap),
        ("skipped_disabled", InstantOutcome.SkippedDisabled),
        ("upcoming", InstantOutcome.Upcoming),
        ("overdue", InstantOutcome.Overdue),
        ("disabled", InstantOutcome.Disabled),
        ("before_creation", InstantOutcome.BeforeCreation),
        ("no_longer_recorded", InstantOutcome.NoLongerRecorded));

    [JsonPropertyName("scheduled_at")]
    public required DateTime ScheduledAt { get; init; }

    [JsonPropertyName("outcome")]
    public required string Outcome { get; init; }

    [JsonPropertyName("why")]
    public required string Why { get; init; }

    [JsonPropertyName("coalesced_into")]
    public required DateTime? CoalescedInto { get; init; }

    [JsonPropertyName("recorded_at")]
    public required DateTime? RecordedAt { get; init; }

    [JsonPropertyName("executions")]
    public required IReadOnlyList<ExecutionResponse> Executions { get; init; }

    public static ExplainedInstantResponse From(ExplainedInstant instant) => new()
    {
        ScheduledAt = instant.At.ToWire(),
        Outcome = Outcomes.Of(instant.Outcome),
        Why = instant.Why,
        CoalescedInto = instant.CoalescedInto?.ToWire(),
        RecordedAt = instant.RecordedAt?.ToWire(),
        Executions = [.. instant.Executions.Select(ExecutionResponse.InList)],
    };
}
