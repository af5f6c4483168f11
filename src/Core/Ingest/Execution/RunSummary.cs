using System.Text.Json;

namespace Switchyard.Ingest.Execution;

/// <summary>Writes the summary of a run: <c>{resource: {records_processed, records_skipped, records_failed}}</c>.</summary>
internal static class RunSummary
{
    public static string ToJson(IReadOnlyDictionary<string, RecordCounts> counts)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (resource, count) in counts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject(resource);
                writer.WriteNumber("records_processed", count.Processed);
                writer.WriteNumber("records_skipped", count.Skipped);
                writer.WriteNumber("records_failed", count.Failed);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
