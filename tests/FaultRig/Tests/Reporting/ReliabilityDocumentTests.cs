using Switchyard.FaultRig.Checking;
using Switchyard.FaultRig.Reporting;

namespace Switchyard.FaultRig.Tests.Reporting;

/// <summary>The figures that the documentation quotes are those of the committed report, to the letter.</summary>
public sealed class ReliabilityDocumentTests
{
    private static readonly string Root = FindRoot();

    private static IReadOnlyList<RunReport> Reports { get; } = ReportFiles.Read(File.ReadAllText(PublishedReport.PathIn(Root)));

    private static string Document { get; } = File.ReadAllText(PublishedReport.PageIn(Root));

    [Fact]
    public void Document_quotes_the_report() => Assert.Contains(PublishedReport.Quote(Reports), Document, StringComparison.Ordinal);

    [Fact]
    public void Published_report_is_of_a_long_run_on_each_database()
    {
        Assert.Equal(["PostgreSQL", "SQLite", "SQLite, small disk"], Reports.Select(report => report.Database));
        Assert.All(Reports, report => Assert.Equal((0, true), (report.Failures, report.Kills > 0)));
    }

    [Fact]
    public void Document_names_every_rule_of_the_checker() =>
        Assert.All(typeof(Rules).GetFields(), field => Assert.Contains((string)field.GetRawConstantValue()!, Document, StringComparison.Ordinal));

    [Fact]
    public void No_failure_in_n_trials_bounds_the_rate_by_three_in_n()
    {
        var report = Reports[0] with { Database = "one", Faults = new Dictionary<string, int> { ["a fault"] = 600 }, Violations = [] };

        Assert.Contains("| a fault | 600 | 0 | < 0.5 % |", ReportText.Faults([report]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_leaves_no_bound()
    {
        var report = Reports[0] with { Database = "one", Faults = new Dictionary<string, int> { ["a fault"] = 600 }, Violations = [new Violation(Rules.OneResult, "x")] };

        Assert.Contains("| a fault | 600 | 1 | - |", ReportText.Faults([report]), StringComparison.Ordinal);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Packages.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Packages.sln is in no folder above the tests.");
    }
}
