using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Jobs;

/// <summary>Represents what became of the instants at which a job was expected to run.</summary>
internal sealed record ExplanationResponse
{
    [JsonPropertyName("job_id")]
    public required Guid JobId { get; init; }

    [JsonPropertyName("from")]
    public required DateTime First { get; init; }

    [JsonPropertyName("to")]
    public required DateTime Last { get; init; }

    [JsonPropertyName("now")]
    public required DateTime Now { get; init; }

    [JsonPropertyName("items")]
    public required IReadOnlyList<ExplainedInstantResponse> Items { get; init; }

    [JsonPropertyName("cut_after")]
    public required DateTime? CutAfter { get; init; }

    public static ExplanationResponse From(ScheduleExplanation explanation) => new()
    {
        JobId = explanation.ScheduleId,
        First = explanation.From.ToWire(),
        Last = explanation.To.ToWire(),
        Now = explanation.Now.ToWire(),
        Items = [.. explanation.Instants.Select(ExplainedInstantResponse.From)],
        CutAfter = explanation.CutAfter?.ToWire(),
    };
}
