using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.Demo;

/// <summary>Words the demo's end: a table of what came of the job, and the commands that do the same by hand.</summary>
internal static class DemoReport
{
    /// <summary>Makes the table.</summary>
    public static IEnumerable<(string Name, string Value)> Table(string uid, DemoJob job, TimeSpan taken, string location, long? stored)
    {
        yield return ("Job", uid);
        yield return ("Run status", job.Status);
        yield return ("Records processed", Number(job.Processed));
        yield return ("Records skipped", Number(job.Skipped));
        yield return ("Records failed", Number(job.Failed));
        yield return ("Seconds", taken.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture));
        yield return ("Data", location);
        if (stored is { } rows)
        {
            yield return ("Rows in the database", Number(rows));
        }
    }

    /// <summary>Makes the command that starts a host on what the demo left.</summary>
    public static string HostCommand(HostSettings settings)
    {
        var bundles = settings.BundlesPath is { } path ? $"BUNDLES_PATH={Quote(path)} " : "";
        return $"DATA_DIRECTORY={Quote(settings.DataDirectory)} PARTNERS_FILE={Quote(settings.PartnersFile!)} {bundles}dotnet run --project samples/ReferenceHost   # in another shell";
    }

    /// <summary>Makes the four commands.</summary>
    public static IEnumerable<string> Commands(string url, JsonObject job, DemoInput input)
    {
        var scope = $"create:jobs partner:{(string)job["partner"]!}";
        yield return $"TOKEN=$(curl -s {url}/dev-issuer/token -d grant_type=client_credentials -d client_id=dev -d client_secret=dev -d {Quote($"scope={scope}")} | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')";
        yield return $"JOB=$(curl -s {url}/api/v1/jobs -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' -d {Quote(job.ToJsonString(Plain))}); echo \"$JOB\"";
        foreach (var (key, path) in input.Files)
        {
            yield return $"curl -X PUT --data-binary {Quote("@" + path)} \"$(echo \"$JOB\" | sed 's/.*\"{key}\":\"\\([^\"]*\\)\".*/\\1/')\"";
        }

        yield return $"curl -X POST {url}/api/v1/jobs/$(echo \"$JOB\" | sed 's/.*\"uid\":\"\\([^\"]*\\)\".*/\\1/')/start -H \"Authorization: Bearer $TOKEN\"";
    }

    private static JsonSerializerOptions Plain { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // The one way to quote anything for a POSIX shell.
    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
