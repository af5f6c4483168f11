using System.Globalization;
using Switchyard.FaultRig;
using Switchyard.FaultRig.History;
using Switchyard.FaultRig.Reporting;

// --minutes 30 --database postgresql,sqlite,small-disk --report folder --seed 1 --publish root-of-the-checkout, which takes --from report.json instead of a run
var options = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
if (options.TryGetValue("--from", out var earlier) && options.TryGetValue("--publish", out var checkout))
{
    PublishedReport.Replace(checkout, ReportFiles.Read(await File.ReadAllTextAsync(earlier)));
    return 0;
}

var settings = RigSettings.FromEnvironment();
settings = settings with
{
    Length = options.TryGetValue("--minutes", out var minutes) ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)) : settings.Length,
    Folder = options.GetValueOrDefault("--report") ?? settings.Folder,
    Seed = options.TryGetValue("--seed", out var seed) ? int.Parse(seed, CultureInfo.InvariantCulture) : settings.Seed,
};
var wanted = (options.GetValueOrDefault("--database") ?? "postgresql,sqlite,small-disk").Split(',');
var runs = new List<Task<RunHistory>>();
if (wanted.Contains("postgresql"))
{
    runs.Add(Runs.OnPostgreSqlAsync(settings));
}

if (wanted.Contains("sqlite"))
{
    runs.Add(Runs.OnSqliteAsync(settings));
}

if (wanted.Contains("small-disk"))
{
    runs.Add(Runs.OnSmallDiskAsync(settings));
}

await ((Task)Task.WhenAll(runs)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
foreach (var failed in runs.Where(run => run.IsFaulted))
{
    await Console.Error.WriteLineAsync(failed.Exception!.ToString());
}

if (runs.Any(run => run.IsFaulted))
{
    return 3;
}

RunReport[] reports = [.. runs.Select(run => RunReport.Of(run.Result))];
var path = ReportFiles.Write(settings.Folder, "report", reports);
Console.WriteLine(ReportText.Whole(reports));
Console.WriteLine(path);
if (options.TryGetValue("--publish", out var root))
{
    PublishedReport.Replace(root, reports);
}

return reports.Any(report => report.Violations.Count > 0) ? 1 : 0;
