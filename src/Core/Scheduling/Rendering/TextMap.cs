using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Switchyard.Scheduling.Rendering;

/// <summary>Writes pairs of texts as a JSON object, and reads them in the same order.</summary>
internal static class TextMap
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Gives <see langword="null"/> where there is nothing to write.</summary>
    public static string? Write(IReadOnlyList<KeyValuePair<string, string>>? pairs)
    {
        if (pairs is not { Count: > 0 })
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in pairs)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Gives <see langword="null"/> where nothing was written.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>>? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value.GetString() ?? ""))];
    }
}
