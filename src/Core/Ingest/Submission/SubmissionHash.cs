using System.Security.Cryptography;
using System.Text.Json;

namespace Switchyard.Ingest.Submission;

/// <summary>Hashes what a submission says, whatever the order and spacing of its JSON.</summary>
internal static class SubmissionHash
{
    public static string Of(SubmitJob request)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(request.Partner);
            writer.WriteStringValue(request.Tenant);
            writer.WriteStringValue(request.Bundle);
            writer.WriteStringValue(request.SchoolYear);
            WriteSorted(writer, request.Files.Select(file => KeyValuePair.Create(file.Key, file.Value.Trim())));

            // A null is as good as absent everywhere else, so here too.
            WriteSorted(writer, request.Params.Where(param => param.Value.Text is not null).Select(param => KeyValuePair.Create(param.Key, param.Value.Text!)));
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static void WriteSorted(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }
}
