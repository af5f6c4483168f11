using System.Text.Json.Serialization;

namespace Switchyard.Ingest.Callbacks;

/// <summary>Represents what a callback token says.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Type"><see cref="Init"/> or <see cref="Access"/>.</param>
/// <param name="Fence">The fence of the attempt that it was made for.</param>
/// <param name="ExpiresAt">When it expires, in seconds since 1970.</param>
internal sealed record CallbackToken(
    [property: JsonPropertyName("runId")] Guid RunId,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("fence")] long Fence,
    [property: JsonPropertyName("exp")] long ExpiresAt)
{
    public const string Init = "init";
    public const string Access = "access";
}
