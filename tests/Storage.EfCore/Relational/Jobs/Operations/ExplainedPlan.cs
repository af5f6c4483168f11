using System.Globalization;
using System.Text.RegularExpressions;

namespace Switchyard.Storage.EfCore.Tests.Jobs.Operations;

/// <summary>Represents what PostgreSQL says of a statement that it has run.</summary>
internal sealed partial class ExplainedPlan(IReadOnlyList<string> lines)
{
    public string Text { get; } = string.Join('\n', lines);

    /// <summary>Gets how many rows the scans met: those they gave, and those they threw away.</summary>
    public long RowsMet => lines.Sum(line => Given(line) + Discarded(line));

    private static long Given(string line) =>
        Scan().Match(line) is { Success: true } match ? (long)(Number(match, "rows") * Number(match, "loops")) : 0;

    private static long Discarded(string line) => Removed().Match(line) is { Success: true } match ? (long)Number(match, "rows") : 0;

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(Index Scan|Index Only Scan|Seq Scan|Bitmap Heap Scan).*\bjobs\b.*\(actual rows=(?<rows>[\d.]+) loops=(?<loops>\d+)\)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"Rows Removed by (Filter|Index Recheck|Join Filter): (?<rows>\d+)")]
    private static partial Regex Removed();
}
