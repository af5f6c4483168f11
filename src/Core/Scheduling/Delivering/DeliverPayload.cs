using System.Text.Json.Serialization;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Represents the payload of a kernel job that delivers a firing, or ends one that was lost.</summary>
/// <param name="RootId">The firing.</param>
/// <param name="Before">How many attempts there were before this job: none of a firing, some of a replay.</param>
internal sealed record DeliverPayload([property: JsonPropertyName("rootId")] Guid RootId, [property: JsonPropertyName("before")] int Before = 0);
