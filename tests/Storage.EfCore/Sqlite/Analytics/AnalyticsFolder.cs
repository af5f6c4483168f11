using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Switchyard.Ingest;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

/// <summary>A folder of analytics files, with a loader over it and a look inside.</summary>
internal sealed class AnalyticsFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AnalyticsFolder(int maxRecordBytes = 4 * 1024 * 1024)
    {
        SqliteRuntime.Prepare();
        Loader = new SqliteAnalyticsLoader(
            Options.Create(new SqliteAnalyticsOptions { Directory = _folder, MaxRecordBytes = maxRecordBytes }), new TenantGates(), TimeProvider.System);
    }

    public SqliteAnalyticsLoader Loader { get; }

    public string File => _folder.Combine("acme", "west.db");

    public Task<AnalyticsLoadResult> LoadAsync(string text, string table = "t", Guid? run = null) => LoadAsync(Encoding.UTF8.GetBytes(text), table, run);

    public Task<AnalyticsLoadResult> LoadAsync(byte[] content, string table = "t", Guid? run = null) => LoadUntilAsync(() => new MemoryStream(content), CancellationToken.None, table, run);

    public Task<AnalyticsLoadResult> LoadUntilAsync(Func<Stream> open, CancellationToken stop, string table = "t", Guid? run = null) =>
        Loader.LoadAsync(
            new AnalyticsLoad
            {
                Partner = "acme", Tenant = "west", Table = table, RunUid = run ?? Guid.NewGuid(), OpenAsync = _ => Task.FromResult(open()),
            },
            stop);

    public async Task<RecordCounts> LoadedAsync(string text, string table = "t", Guid? run = null) =>
        Assert.IsType<AnalyticsLoadResult.Loaded>(await LoadAsync(text, table, run)).Counts;

    /// <summary>Gets all rows of a table but for the run, fields joined by <c>|</c>, NULL as <c>∅</c>.</summary>
    public string[] Rows(string table = "t") => Query($"select * from \"{table}\" order by rowid", skip: 1);

    public string[] Columns(string table = "t") => Query($"select name from pragma_table_info('{table}')", skip: 0);

    public string[] Query(string sql, int skip = 0)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(skip, reader.FieldCount - skip).Select(i => reader.IsDBNull(i) ? "∅" : reader.GetValue(i))));
        }

        return [.. rows];
    }

    public void Dispose() => _folder.Dispose();
}
