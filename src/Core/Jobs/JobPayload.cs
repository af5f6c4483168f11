using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Switchyard.Jobs;

/// <summary>Writes payloads as handlers read them.</summary>
public static class JobPayload
{
    /// <summary>Writes a payload with <see cref="JsonSerializerOptions.Web"/>.</summary>
    public static string Serialize<TPayload>(TPayload payload) => JsonSerializer.Serialize(payload, JsonSerializerOptions.Web);

    /// <summary>Writes a payload by a type of a <c>JsonSerializerContext</c>.</summary>
    public static string Serialize<TPayload>(TPayload payload, JsonTypeInfo<TPayload> type) => JsonSerializer.Serialize(payload, type);
}
