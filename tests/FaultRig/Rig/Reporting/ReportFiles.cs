using System.Text.Json;

namespace Switchyard.FaultRig.Reporting;

/// <summary>Keeps reports: as JSON for programs, as Markdown for people.</summary>
internal static class ReportFiles
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes both files into a folder, and gives the path of the Markdown.</summary>
    public static string Write(string folder, string name, IReadOnlyList<RunReport> reports)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name + ".md");
        File.WriteAllText(path, ReportText.Whole(reports));
        File.WriteAllText(Path.ChangeExtension(path, ".json"), ToJson(reports));
        return path;
    }

    public static string ToJson(IReadOnlyList<RunReport> reports) => JsonSerializer.Serialize(reports, Json) + "\n";

    public static IReadOnlyList<RunReport> Read(string json) => JsonSerializer.Deserialize<RunReport[]>(json, Json)!;
}
