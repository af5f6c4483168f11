using System.Globalization;
using System.Text;
using Switchyard.ReferenceHost.Demo;
using Switchyard.TestKit;

namespace Switchyard.ReferenceHost.Tests.Demo;

public sealed class AssessmentCsvTests
{
    [Fact]
    public async Task The_same_rows_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();

        await AssessmentCsv.WriteAsync(folder.Combine("a.csv"), 500, TestContext.Current.CancellationToken);
        await AssessmentCsv.WriteAsync(folder.Combine("b.csv"), 500, TestContext.Current.CancellationToken);

        Assert.Equal(File.ReadAllBytes(folder.Combine("a.csv")), File.ReadAllBytes(folder.Combine("b.csv")));
    }

    [Fact]
    public async Task Scores_add_up_in_every_row()
    {
        using var folder = new TemporaryFolder();
        await AssessmentCsv.WriteAsync(folder.Combine("a.csv"), 500, TestContext.Current.CancellationToken);
        var lines = await File.ReadAllLinesAsync(folder.Combine("a.csv"), Encoding.UTF8, TestContext.Current.CancellationToken);
        var header = Cells(lines[0]);

        Assert.Equal(501, lines.Length);
        foreach (var line in lines.Skip(1))
        {
            var cells = Cells(line);
            Assert.Equal(header.Count, cells.Count);
            int Number(string column) => int.Parse(cells[header.IndexOf(column)], CultureInfo.InvariantCulture);
            Assert.Equal((Number("LATEST_SAT_READING") + Number("LATEST_SAT_WRIT_LANG")) * 10, Number("LATEST_SAT_EBRW"));
            Assert.Equal(Number("LATEST_SAT_MATH_TEST") * 20, Number("LATEST_SAT_MATH_SECTION"));
            Assert.Equal(Number("LATEST_SAT_EBRW") + Number("LATEST_SAT_MATH_SECTION"), Number("LATEST_SAT_TOTAL"));
            Assert.InRange(Number("PERCENTILE_NATREP_SAT_TOTAL"), 1, 99);
            Assert.Equal(Number("LATEST_SAT_EBRW") >= 480 ? "Y" : "N", cells[header.IndexOf("EBRW_CCR_BENCHMARK")]);
        }

        Assert.Contains(lines, line => line.Contains("\"King, Jr.\"", StringComparison.Ordinal));
    }

    // No cell of the file holds a quote or a line break, so quotes only shield commas.
    private static List<string> Cells(string line)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var c in line)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        return [.. cells, cell.ToString()];
    }
}
