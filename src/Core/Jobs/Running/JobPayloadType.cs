using System.Text.Json.Serialization.Metadata;

namespace Switchyard.Jobs.Running;

/// <summary>Says how the payload of a kind is read, where its handler was added with a type of its own.</summary>
internal sealed record JobPayloadType(string Kind, JsonTypeInfo Type);
