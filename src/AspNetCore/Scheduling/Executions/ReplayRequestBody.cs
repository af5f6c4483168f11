using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Scheduling;

namespace Switchyard.AspNetCore.Scheduling.Executions;

/// <summary>Represents the body of a request to replay many firings; read by <see cref="Read"/>, its members are for the documentation.</summary>
internal sealed record ReplayRequestBody
{
    [JsonPropertyName("job_id")]
    public required Guid JobId { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("from")]
    public DateTimeOffset? From { get; init; }

    [JsonPropertyName("to")]
    public DateTimeOffset? To { get; init; }

    [JsonPropertyName("limit")]
    public int? Limit { get; init; }

    public static (ReplayMany Request, IReadOnlyList<string> Problems) Read(JsonElement body)
    {
        var fields = new BodyFields(body, "job_id");
        var request = new ReplayMany
        {
            JobId = fields.Id("job_id"),
            Status = fields.Choice("status", ExecutionNames.Status),
            From = fields.Instant("from"),
            To = fields.Instant("to"),
            Limit = fields.Number("limit"),
        };
        return (request, fields.Problems);
    }
}
