using System.Globalization;
using System.Text;

namespace Switchyard.FaultRig.Reporting;

/// <summary>Writes reports as Markdown: the tables that the documentation quotes.</summary>
internal static class ReportText
{
    /// <summary>Writes what was done, how often, and what rate of failures that leaves possible.</summary>
    public static string Faults(IReadOnlyList<RunReport> reports)
    {
        var text = new StringBuilder();
        text.Append(Row(["Fault", .. reports.Select(report => report.Database), "Failures", "Bound (95 %)"]));
        text.Append(Row(["---", .. reports.Select(_ => "---"), "---", "---"]));
        foreach (var fault in reports.SelectMany(report => report.Faults.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var total = reports.Sum(report => report.Faults.GetValueOrDefault(fault));
            text.Append(Row([fault, .. reports.Select(report => Number(report.Faults.GetValueOrDefault(fault))), Failures(reports), Bound(reports, total)]));
        }

        return text.ToString();
    }

    /// <summary>Writes what the runs saw.</summary>
    public static string Figures(IReadOnlyList<RunReport> reports)
    {
        (string Name, Func<RunReport, string> Value)[] figures =
        [
            ("minutes", report => Number(report.Minutes)),
            ("lease of the workers, s", report => Number(report.LeaseSeconds)),
            ("median start of a process, s", report => Number(report.StartSeconds)),
            ("processes started", report => Number(report.Processes)),
            ("killed", report => Number(report.Kills)),
            ("random kills that hit a live lease", report => $"{report.LiveKills} of {report.RandomKills}"),
            ("jobs accepted", report => Number(report.Accepted)),
            ("attempts run", report => Number(report.Attempts)),
            ("leases lost and taken back", report => Number(report.LeasesLost)),
            ("late results discarded", report => Number(report.Discarded)),
            ("orphans run again, the store being there", report => Number(report.Recoveries)),
            ("wait of an orphan, s: p50 / p99 / longest", report => string.Create(CultureInfo.InvariantCulture, $"{report.RecoveryP50} / {report.RecoveryP99} / {report.RecoveryMax}")),
            ("longest orderly stop, s", report => Number(report.LongestStop)),
            ("failpoints fired, of those passed", report => $"{report.PointsPassed - report.PointsNeverFired.Count} of {report.PointsPassed}"),
            ("failures", report => Number(report.Failures)),
        ];
        var text = new StringBuilder();
        text.Append(Row(["", .. reports.Select(report => report.Database)])).Append(Row(["---", .. reports.Select(_ => "---")]));
        foreach (var (name, value) in figures)
        {
            text.Append(Row([name, .. reports.Select(value)]));
        }

        return text.ToString();
    }

    /// <summary>Writes the whole report.</summary>
    public static string Whole(IReadOnlyList<RunReport> reports)
    {
        var text = new StringBuilder("# Fault rig\n\n").Append(Faults(reports)).Append('\n').Append(Figures(reports));
        foreach (var report in reports)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {report.Database}\n\nSeed {report.Seed}. Never fired: {(report.PointsNeverFired.Count == 0 ? "none" : string.Join(", ", report.PointsNeverFired))}.\n\n");
            text.AppendJoin('\n', report.Violations.Select(violation => $"- **{violation.Rule}**: {violation.What}")).Append('\n');
        }

        return text.ToString();
    }

    private static string Failures(IReadOnlyList<RunReport> reports) => Number(reports.Sum(report => report.Failures));

    /// <summary>No failure in n trials: fewer than 3 in n, with a confidence of 95 %.</summary>
    private static string Bound(IReadOnlyList<RunReport> reports, int trials) =>
        trials <= 3 || reports.Any(report => report.Failures > 0) ? "-" : string.Create(CultureInfo.InvariantCulture, $"< {300.0 / trials:0.##} %");

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
