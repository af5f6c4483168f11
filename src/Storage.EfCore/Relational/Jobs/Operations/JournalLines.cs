using System.Text;
using System.Text.Json;
using Switchyard.Jobs.Operations;

namespace Switchyard.Storage.EfCore.Jobs.Operations;

/// <summary>Turns log lines into the text that a journal's row holds, and back: a JSON array of at most 64 KiB, whose oldest lines go first.</summary>
internal static class JournalLines
{
    public const int MaxBytes = 64 * 1024;

    public static string Write(IReadOnlyList<JobLogLine> lines)
    {
        var kept = new List<string>(lines.Count);
        var size = 2;
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            var line = Write(lines[i]);
            size += Encoding.UTF8.GetByteCount(line) + 1;
            if (size > MaxBytes)
            {
                break;
            }

            kept.Add(line);
        }

        kept.Reverse();
        return $"[{string.Join(',', kept)}]";
    }

    public static IReadOnlyList<JobLogLine> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(line => new JobLogLine(line.GetProperty("at").GetDateTimeOffset(), line.GetProperty("text").GetString()!))];
    }

    private static string Write(JobLogLine line) => StoredJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("at", line.At);
        writer.WriteString("text", StoredText.Clean(line.Text));
        writer.WriteEndObject();
    });
}
