using System.Text;
using System.Text.Json;
using Switchyard.Jobs;
using Switchyard.Jobs.Operations;

namespace Switchyard.InMemory.Jobs.Operations;

/// <summary>Judges jobs by a filter, and writes it down for the record.</summary>
internal static class FilterRules
{
    public static bool Meets(Job job, JobFilter filter) =>
        (filter.Kinds is null || filter.Kinds.Contains(job.Kind, StringComparer.Ordinal))
        && (filter.States is null || filter.States.Contains(job.State))
        && (filter.DedupeKey is null || filter.DedupeKey == job.DedupeKey)
        && (filter.ConcurrencyKey is null || filter.ConcurrencyKey == job.ConcurrencyKey)
        && (filter.RootId is null || filter.RootId == job.RootId)
        && (filter.ErrorType is null || filter.ErrorType == job.ErrorType)
        && (filter.CreatedFrom is null || job.CreatedAt >= filter.CreatedFrom)
        && (filter.CreatedBefore is null || job.CreatedAt < filter.CreatedBefore)
        && (filter.FinishedFrom is null || job.FinishedAt >= filter.FinishedFrom)
        && (filter.FinishedBefore is null || job.FinishedAt < filter.FinishedBefore);

    /// <summary>Writes the conditions that are set as a JSON object.</summary>
    public static string ToJson(JobFilter filter)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            Write(json, "kinds", filter.Kinds);
            Write(json, "states", filter.States?.Select(state => state.ToString()));
            Write(json, "dedupeKey", filter.DedupeKey);
            Write(json, "concurrencyKey", filter.ConcurrencyKey);
            Write(json, "rootId", filter.RootId?.ToString());
            Write(json, "errorType", filter.ErrorType);
            Write(json, "createdFrom", filter.CreatedFrom?.ToString("O"));
            Write(json, "createdBefore", filter.CreatedBefore?.ToString("O"));
            Write(json, "finishedFrom", filter.FinishedFrom?.ToString("O"));
            Write(json, "finishedBefore", filter.FinishedBefore?.ToString("O"));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string>? values)
    {
        if (values is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
