using System.Text.Json.Serialization;

namespace Switchyard.Scheduling.Delivering;

/// <summary>Represents the payload of a kernel job that delivers a firing, or ends one that was lost.</summary>
/// <param name="RootId">The firing.</param>
/// <param name="Before">How many attempts there were before this job: none of a firing, some of a replay.</param>
internal sealed record DeliverPayload([property: JsonPropertyName("rootId")] Guid RootId, [property: JsonPropertyName("before")] int Before = 0)
{
    /// <summary>Gets the webhook, so that its places are known before the store is asked.</summary>
    [JsonPropertyName("webhookId")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? WebhookId { get; init; }

    /// <summary>Gets the schedule whose overlap policy asks for unfinished work; <see langword="null"/> where it doesn't.</summary>
    [JsonPropertyName("keyOf")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? KeyOf { get; init; }

    /// <summary>Gets whether this is the job that another was handed over to.</summary>
    [JsonPropertyName("slow")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSlow { get; init; }

    /// <summary>Gets how many attempts of those that it counts on the job before it has made.</summary>
    [JsonPropertyName("spent")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Spent { get; init; }
}
