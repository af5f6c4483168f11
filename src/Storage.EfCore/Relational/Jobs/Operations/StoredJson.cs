using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Writes and reads the JSON texts that rows of operations hold.</summary>
internal static class StoredJson
{
    // For people who read the table: what isn't ASCII stays as it is. Nothing puts these texts into a page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string Write(IEnumerable<string> texts) => Write(writer => Write(writer, texts));

    public static void Write(Utf8JsonWriter writer, IEnumerable<string> texts)
    {
        writer.WriteStartArray();
        foreach (var text in texts)
        {
            writer.WriteStringValue(StoredText.Clean(text));
        }

        writer.WriteEndArray();
    }

    public static string[] ReadTexts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(element => element.GetString()!)];
    }
}
