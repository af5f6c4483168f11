using System.Text.Json.Serialization;

namespace Switchyard.AspNetCore.WebhookReceiver;

/// <summary>The body of every answer that is no success.</summary>
internal sealed record ReceiverError([property: JsonPropertyName("error")] string Error);

/// <summary>Writes it without reflection.</summary>
[JsonSerializable(typeof(ReceiverError))]
internal sealed partial class ReceiverJsonContext : JsonSerializerContext;
