using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Represents what enabling or disabling a job came to.</summary>
internal sealed record JobStateResponse
{
    [JsonPropertyName("id")]
    public required Guid Id { get; init; }

    [JsonPropertyName("enabled")]
    public required bool Enabled { get; init; }

    [JsonPropertyName("updated_at")]
    public required DateTime UpdatedAt { get; init; }

    public static JobStateResponse From(Schedule schedule) =>
        new() { Id = schedule.Id, Enabled = schedule.Recurrence.Enabled, UpdatedAt = schedule.UpdatedAt.ToWire() };
}
