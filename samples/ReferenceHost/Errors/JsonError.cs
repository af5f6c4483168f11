using System.Text.Json;

namespace Switchyard.ReferenceHost.Errors;

/// <summary>Writes small JSON objects for the surfaces that the host itself owns.</summary>
internal static class JsonError
{
    /// <summary>Writes an object.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Writes the trace id, where there is one.</summary>
    public static void WriteTrace(this Utf8JsonWriter writer, string name, string? traceId)
    {
        if (traceId is not null)
        {
            writer.WriteString(name, traceId);
        }
    }
}
