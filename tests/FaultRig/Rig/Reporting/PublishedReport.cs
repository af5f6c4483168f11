namespace Switchyard.FaultRig.Reporting;

/// <summary>The report that the repository holds, and the page that quotes it.</summary>
internal static class PublishedReport
{
    private const string From = "<!-- from the report -->\n";
    private const string To = "<!-- end of the report -->";

    /// <summary>Gets the path of the report in a checkout.</summary>
    public static string PathIn(string root) => Path.Combine(root, "tests", "FaultRig", "report.json");

    /// <summary>Gets the path of the page in a checkout.</summary>
    public static string PageIn(string root) => Path.Combine(root, "docs", "reliability.md");

    /// <summary>Gets what the page quotes.</summary>
    public static string Quote(IReadOnlyList<RunReport> reports) => $"{ReportText.Faults(reports)}\n{ReportText.Figures(reports)}";

    /// <summary>Puts reports in place of those that the repository holds.</summary>
    public static void Replace(string root, IReadOnlyList<RunReport> reports)
    {
        File.WriteAllText(PathIn(root), ReportFiles.ToJson(reports));
        var page = File.ReadAllText(PageIn(root));
        var (from, to) = (page.IndexOf(From, StringComparison.Ordinal) + From.Length, page.IndexOf(To, StringComparison.Ordinal));
        File.WriteAllText(PageIn(root), string.Concat(page.AsSpan(0, from), Quote(reports), page.AsSpan(to)));
    }
}
