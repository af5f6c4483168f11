using System.Text.Json;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Writes a filter as the JSON text that the record of an operation keeps: the conditions that are set, and nothing else.</summary>
internal static class JobFilterText
{
    public static string Of(JobFilter filter) => StoredJson.Write(writer =>
    {
        writer.WriteStartObject();
        WriteTexts(writer, "kinds", filter.Kinds);
        WriteTexts(writer, "states", filter.States?.Select(state => state.ToString()));
        WriteText(writer, "dedupeKey", filter.DedupeKey);
        WriteText(writer, "concurrencyKey", filter.ConcurrencyKey);
        WriteText(writer, "rootId", filter.RootId?.ToString());
        WriteText(writer, "errorType", filter.ErrorType);
        WriteInstant(writer, "createdFrom", filter.CreatedFrom);
        WriteInstant(writer, "createdBefore", filter.CreatedBefore);
        WriteInstant(writer, "finishedFrom", filter.FinishedFrom);
        WriteInstant(writer, "finishedBefore", filter.FinishedBefore);
        writer.WriteEndObject();
    });

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string>? texts)
    {
        if (texts is not null)
        {
            writer.WritePropertyName(name);
            StoredJson.Write(writer, texts);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, StoredText.Clean(text));
        }
    }

    private static void WriteInstant(Utf8JsonWriter writer, string name, DateTimeOffset? instant)
    {
        if (instant is { } value)
        {
            writer.WriteString(name, value.ToUniversalTime());
        }
    }
}
