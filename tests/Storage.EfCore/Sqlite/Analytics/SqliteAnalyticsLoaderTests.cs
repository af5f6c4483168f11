using System.Text;
using Switchyard.Ingest;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

public sealed class SqliteAnalyticsLoaderTests : IDisposable
{
    private readonly AnalyticsFolder _folder = new();

    [Fact]
    public async Task Rows_come_back_with_their_run_and_line()
    {
        var run = Guid.NewGuid();

        var loaded = Assert.IsType<AnalyticsLoadResult.Loaded>(await _folder.LoadAsync("id,name\n1,Ann\n2,\n", "assessments/X__INPUT_FILE", run));

        Assert.Equal(new AnalyticsLoadResult.Loaded(new(2, 0, 0), _folder.File), loaded);
        Assert.Equal(["_run_uid", "_line", "id", "name"], _folder.Columns("assessments/X__INPUT_FILE"));
        Assert.Equal([$"{run}|2|1|Ann", $"{run}|3|2|"], _folder.Query("select * from \"assessments/X__INPUT_FILE\""));
        Assert.Equal(["text|integer"], _folder.Query("select distinct typeof(id), typeof(_line) from \"assessments/X__INPUT_FILE\""));
        Assert.Equal("sqlite", _folder.Loader.Engine);
    }

    [Fact]
    public async Task A_repeated_load_adds_nothing_and_answers_with_the_counts_of_the_first()
    {
        var run = Guid.NewGuid();
        await _folder.LoadedAsync("a\n1\n\n2\n", "t", run);

        Assert.Equal(new(3, 1, 0), await _folder.LoadedAsync("a\n1\n2\n3\n4\n", "t", run));
        Assert.Equal(new(1, 0, 0), await _folder.LoadedAsync("a\n5\n", "u", run));
        Assert.Equal(new(1, 0, 0), await _folder.LoadedAsync("a\n6\n"));

        Assert.Equal(["2|1", "4|2", "2|6"], _folder.Rows());
        Assert.Equal(["t|3|1|0", "u|1|0|0"], _folder.Query($"select table_name, processed, skipped, failed from _switchyard_loads where run_uid = '{run}' order by 1"));
    }

    [Fact]
    public async Task Blank_lines_are_skipped_ragged_and_undecodable_ones_failed_and_the_rest_loads()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("a,b\r\n1,2\r\n\r\n   \r\n3\r\n4,5,6\r\n"), .. new byte[] { 0x37, 0x2C, 0xE9, 0x0D, 0x0A }, .. Encoding.UTF8.GetBytes("8,é\r\n,\r\n")];

        var loaded = Assert.IsType<AnalyticsLoadResult.Loaded>(await _folder.LoadAsync(bytes));

        Assert.Equal(new(8, 2, 3), loaded.Counts);
        Assert.Equal(["2|1|2", "8|8|é", "9||"], _folder.Rows());
    }

    [Fact]
    public async Task Quotes_line_breaks_in_them_and_a_byte_order_mark_are_understood()
    {
        var counts = await _folder.LoadedAsync("\uFEFFa,\"b,c\"\n\"x\ny\",\"say \"\"hi\"\"\"\n' or 1=1 --,=1+1\n");

        Assert.Equal(new(2, 0, 0), counts);
        Assert.Equal(["_run_uid", "_line", "a", "b,c"], _folder.Columns());
        Assert.Equal(["2|x\ny|say \"hi\"", "4|' or 1=1 --|=1+1"], _folder.Rows());
    }

    [Fact]
    public async Task Utf_16_with_its_mark_is_read()
    {
        Assert.IsType<AnalyticsLoadResult.Loaded>(await _folder.LoadAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n1,é\n")]));

        Assert.Equal(["2|1|é"], _folder.Rows());
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_spoils_its_own_line_alone()
    {
        Assert.Equal(new(4, 0, 1), await _folder.LoadedAsync("a,b\n1,2\n3,\"4\n5,6\n7,8\n"));

        Assert.Equal(["2|1|2", "4|5|6", "5|7|8"], _folder.Rows());
    }

    [Fact]
    public async Task Two_stray_quotes_far_apart_spoil_their_own_lines_alone()
    {
        Assert.Equal(new(6, 1, 2), await _folder.LoadedAsync("a,b\n1,\"2\n3,4\n\n5,6\n7,\"8\n9,10\n"));

        Assert.Equal(["3|3|4", "5|5|6", "7|9|10"], _folder.Rows());
    }

    [Fact]
    public async Task A_stray_quote_inside_of_a_cell_is_text()
    {
        Assert.Equal(new(1, 0, 0), await _folder.LoadedAsync("a,b\n5'11\",x\n"));

        Assert.Equal(["2|5'11\"|x"], _folder.Rows());
    }

    [Theory]
    [InlineData("", "no_header")]
    [InlineData("\n \n\n", "no_header")]
    [InlineData("a,b", "no_rows")]
    [InlineData("a,b\n\n  \n", "no_rows")]
    public async Task Without_header_or_row_nothing_is_loaded_or_made(string text, string code)
    {
        Assert.Equal(code, Assert.IsType<AnalyticsLoadResult.Refused>(await _folder.LoadAsync(text)).Code);

        Assert.Empty(_folder.Query("select name from sqlite_master where type = 'table'"));
    }

    [Fact]
    public async Task Rows_that_all_fail_are_a_load_with_counts()
    {
        Assert.Equal(new(2, 0, 2), await _folder.LoadedAsync("a,b\n1\n2\n"));

        Assert.Empty(_folder.Rows());
    }

    [Fact]
    public async Task A_header_that_is_not_utf_8_is_refused() =>
        Assert.Equal("header_not_utf8", Assert.IsType<AnalyticsLoadResult.Refused>(await _folder.LoadAsync([0x61, 0xE9, 0x0A, 0x31, 0x0A])).Code);

    [Fact]
    public async Task A_file_of_more_columns_widens_the_table_and_columns_match_by_name()
    {
        await _folder.LoadedAsync("a,B\n1,2\n");
        await _folder.LoadedAsync("b,c,A\n3,4,5\n");
        await _folder.LoadedAsync("É,é\n6,7\n");

        Assert.Equal(["_run_uid", "_line", "a", "B", "c", "É", "é"], _folder.Columns());
        Assert.Equal(["2|1|2|∅|∅|∅", "2|5|3|4|∅|∅", "2|∅|∅|∅|6|7"], _folder.Rows());
    }

    [Fact]
    public async Task As_many_columns_as_a_table_can_hold_load_and_one_more_does_not()
    {
        var header = string.Join(',', Enumerable.Range(0, 1998).Select(i => $"c{i}"));
        var row = string.Join(',', Enumerable.Range(0, 1998));
        Assert.Equal(new(1, 0, 0), await _folder.LoadedAsync($"{header}\n{row}\n"));

        Assert.Equal("too_many_columns", Assert.IsType<AnalyticsLoadResult.Refused>(await _folder.LoadAsync($"{header},x\n{row},1\n", "u")).Code);
        Assert.Equal("too_many_columns", Assert.IsType<AnalyticsLoadResult.Refused>(await _folder.LoadAsync("other\n1\n")).Code);
        Assert.Single(_folder.Rows());
    }

    [Fact]
    public async Task A_hundred_megabytes_on_one_line_are_refused_in_bounded_memory()
    {
        using var folder = new AnalyticsFolder(maxRecordBytes: 1024 * 1024);
        Assert.Equal(new(1, 0, 0), Assert.IsType<AnalyticsLoadResult.Loaded>(await folder.LoadAsync("a\n1\n")).Counts);
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var refused = Assert.IsType<AnalyticsLoadResult.Refused>(await folder.LoadUntilAsync(() => new EndlessLine("a,b\n1,2\n\"", 100L << 20), TestContext.Current.CancellationToken));

        Assert.Equal(new AnalyticsLoadResult.Refused("record_too_large", "The record at line 3 is larger than 1048576 bytes; a quote may never be closed."), refused);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16L << 20);
        Assert.Equal(["2|1"], folder.Rows());
    }

    [Fact]
    public async Task A_load_that_is_given_up_or_fails_leaves_nothing()
    {
        await _folder.LoadedAsync("a\n0\n");
        using var stop = new CancellationTokenSource();
        var run = Guid.NewGuid();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _folder.LoadUntilAsync(
            () => new EndlessLine("a\n", 1L << 40, "1\n", stop.Cancel), stop.Token, "t", run));
        await Assert.ThrowsAsync<IOException>(() => _folder.LoadUntilAsync(
            () => new EndlessLine("a\n1\n", 1L << 20, "2\n", () => throw new IOException("gone")), TestContext.Current.CancellationToken));

        Assert.Equal(["2|0"], _folder.Rows());
        Assert.Equal(new(1, 0, 0), await _folder.LoadedAsync("a\n7\n", "t", run));
    }

    [Fact]
    public async Task Loads_of_one_tenant_wait_for_each_other_whoever_they_are()
    {
        using var other = new AnalyticsFolder();
        var loaders = new[] { _folder.Loader, new SqliteAnalyticsLoader(Microsoft.Extensions.Options.Options.Create(new SqliteAnalyticsOptions { Directory = Path.GetDirectoryName(Path.GetDirectoryName(_folder.File))! }), new TenantGates(), TimeProvider.System) };

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => loaders[i % 2].LoadAsync(
            new AnalyticsLoad
            {
                Partner = "acme", Tenant = "west", Table = "t", RunUid = Guid.NewGuid(),
                OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes($"a,c{i}\n" + string.Concat(Enumerable.Repeat("1,2\n", 500))))),
            },
            CancellationToken.None))));

        Assert.All(results, result => Assert.Equal(new(500, 0, 0), Assert.IsType<AnalyticsLoadResult.Loaded>(result).Counts));
        Assert.Equal(["10000"], _folder.Query("select count(*) from t"));
    }

    [Theory]
    [InlineData("../x", "west", "t")]
    [InlineData("acme", "a/b", "t")]
    [InlineData("acme", "", "t")]
    [InlineData("acme", "west", "")]
    [InlineData("acme", "west", "sqlite_x")]
    public async Task What_may_not_become_a_path_or_a_table_is_a_programmers_error(string partner, string tenant, string table) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _folder.Loader.LoadAsync(
            new AnalyticsLoad { Partner = partner, Tenant = tenant, Table = table, RunUid = Guid.NewGuid(), OpenAsync = _ => throw new InvalidOperationException() },
            TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_file_of_another_engine_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File)!);
        await File.WriteAllTextAsync(_folder.File, "DUCK and more", TestContext.Current.CancellationToken);

        Assert.Equal("other_engine", Assert.IsType<AnalyticsLoadResult.Refused>(await _folder.LoadAsync("a\n1\n")).Code);

        Assert.Equal("DUCK and more", await File.ReadAllTextAsync(_folder.File, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("ACT/data/sample_anonymized_file.csv", 5, 0, 301)]
    [InlineData("PSAT_SAT/data/sample_anonymized_file_sat.csv", 5, 0, 860)]
    [InlineData("MAP_Growth/data/sample_anonymized_file.csv", 7, 1, 143)]
    [InlineData("STAR/data/SR_sample_anonymized_file.csv", 5, 0, 126)]
    [InlineData("STAR/data/SR_Dashboard_Standards_v2_sample_anonymized_file.csv", 5, 0, 21)]
    [InlineData("STAR/data/SR_SkillArea_v1_sample_anonymized_file.csv", 5, 0, 16)]
    [InlineData("IB/data/sample_anonymized_file.csv", 5, 0, 26)]
    public async Task Real_samples_load_with_the_counts_that_they_have(string file, int rows, int failed, int columns)
    {
        // The last row of MAP_Growth's sample lacks a column.
        var path = Path.Combine(Requires.RealData(), "assessments", file);

        var loaded = Assert.IsType<AnalyticsLoadResult.Loaded>(await _folder.LoadAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));

        Assert.Equal(new(rows, 0, failed), loaded.Counts);
        Assert.Equal(rows - failed, _folder.Rows().Length);
        Assert.Equal(columns, _folder.Columns().Length - 2);
    }

    public void Dispose() => _folder.Dispose();
}
