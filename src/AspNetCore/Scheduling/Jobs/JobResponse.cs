using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Represents a job (seed 4) with the policies that contract 5 adds.</summary>
internal sealed record JobResponse
{
    [JsonPropertyName("id")]
    public required Guid Id { get; init; }

    [JsonPropertyName("account_id")]
    public required Guid AccountId { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("schedule")]
    public required string Schedule { get; init; }

    [JsonPropertyName("type")]
    public required int Type { get; init; }

    [JsonPropertyName("timezone")]
    public required string Timezone { get; init; }

    [JsonPropertyName("enabled")]
    public required bool Enabled { get; init; }

    [JsonPropertyName("last_run_at")]
    public required DateTime? LastRunAt { get; init; }

    [JsonPropertyName("next_run_at")]
    public required DateTime? NextRunAt { get; init; }

    [JsonPropertyName("misfire_policy")]
    public required string MisfirePolicy { get; init; }

    [JsonPropertyName("catch_up_window_seconds")]
    public required long? CatchUpWindowSeconds { get; init; }

    [JsonPropertyName("overlap_policy")]
    public required string OverlapPolicy { get; init; }

    [JsonPropertyName("created_at")]
    public required DateTime CreatedAt { get; init; }

    [JsonPropertyName("updated_at")]
    public required DateTime UpdatedAt { get; init; }

    public static JobResponse From(Schedule schedule) => new()
    {
        Id = schedule.Id,
        AccountId = schedule.AccountId,
        Name = schedule.Name,
        Schedule = schedule.Recurrence.Expression,
        Type = schedule.Type,
        Timezone = schedule.Recurrence.TimeZone,
        Enabled = schedule.Recurrence.Enabled,
        LastRunAt = schedule.Recurrence.LastAt?.ToWire(),
        NextRunAt = schedule.Recurrence.NextAt?.ToWire(),
        MisfirePolicy = PolicyNames.Of(schedule.Recurrence.MisfirePolicy),
        CatchUpWindowSeconds = (long?)schedule.Recurrence.CatchUpWindow?.TotalSeconds,
        OverlapPolicy = PolicyNames.Of(schedule.Recurrence.OverlapPolicy),
        CreatedAt = schedule.CreatedAt.ToWire(),
        UpdatedAt = schedule.UpdatedAt.ToWire(),
    };
}
