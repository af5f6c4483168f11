using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.Scheduling;

/// <summary>Represents a page of a list.</summary>
internal sealed record PageResponse<T>
{
    [JsonPropertyName("items")]
    public required IReadOnlyList<T> Items { get; init; }

    [JsonPropertyName("total")]
    public required long Total { get; init; }

    [JsonPropertyName("skip")]
    public required int Skip { get; init; }

    [JsonPropertyName("limit")]
    public required int Limit { get; init; }

    public static PageResponse<T> Of(IReadOnlyList<T> items, long total, Paging paging) =>
        new() { Items = items, Total = total, Skip = paging.Skip, Limit = paging.Limit };
}
