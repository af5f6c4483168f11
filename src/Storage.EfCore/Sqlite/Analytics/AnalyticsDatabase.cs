using System.Globalization;
using SQLitePCL;
using Switchyard.Ingest;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

/// <summary>The file of one tenant, open for one load: one transaction, and all or nothing of it.</summary>
internal sealed class AnalyticsDatabase : IDisposable
{
    private const string Markers = "_switchyard_loads";
    private const string CreateMarkers =
        $"create table if not exists {Markers} (run_uid text not null, table_name text not null, processed integer not null, "
        + "skipped integer not null, failed integer not null, loaded_at text not null, primary key (run_uid, table_name)) without rowid";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] Signature = "SQLite format 3\0"u8.ToArray();

    private AnalyticsDatabase(SqliteFile file) => File = file;

    public SqliteFile File { get; }

    /// <summary>Gets whether a file is there that another engine wrote.</summary>
    public static bool IsOther(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            return false;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var first = new byte[Signature.Length];
        var length = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return length > 0 && !first.AsSpan().SequenceEqual(Signature);
    }

    /// <summary>Opens the file, made where it isn't there, and begins the transaction, waiting for other processes.</summary>
    public static async Task<AnalyticsDatabase> BeginAsync(string path, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = SqliteFile.Open(path);
        try
        {
            // Readers go on reading while a load writes; the file is one file again when the last connection closes.
            await ExecuteAsync("pragma journal_mode = wal", file, timeProvider, cancellationToken).ConfigureAwait(false);
            file.Execute("pragma synchronous = full; pragma journal_size_limit = 67108864");
            await ExecuteAsync("begin immediate", file, timeProvider, cancellationToken).ConfigureAwait(false);
            file.Execute(CreateMarkers);
            return new AnalyticsDatabase(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Gets the counts of an earlier load of this run into this table.</summary>
    public RecordCounts? FindLoad(Guid runUid, string table)
    {
        RecordCounts? counts = null;
        File.Query(
            $"select processed, skipped, failed from {Markers} where run_uid = ? and table_name = ?",
            row => counts = new(raw.sqlite3_column_int64(row, 0), raw.sqlite3_column_int64(row, 1), raw.sqlite3_column_int64(row, 2)),
            runUid.ToString("D"), table);
        return counts;
    }

    /// <summary>Makes the table, or adds the columns that it lacks.</summary>
    /// <returns>Whether it can hold them: a table has a largest number of columns.</returns>
    public bool TryPrepareTable(string table, IReadOnlyList<string> columns)
    {
        var existing = new HashSet<string>(StringComparer.Ordinal);
        File.Query("select name from pragma_table_info(?)", row => existing.Add(ColumnNames.Fold(raw.sqlite3_column_text(row, 0).utf8_to_string())), table);
        if (existing.Count == 0)
        {
            var declared = string.Concat(columns.Select(column => $", {Quote(column)} text"));
            File.Execute($"create table {Quote(table)} ({Quote(ColumnNames.RunUid)} text not null, {Quote(ColumnNames.Line)} integer not null{declared})");
            return true;
        }

        var missing = columns.Where(column => !existing.Contains(ColumnNames.Fold(column))).ToArray();
        if (existing.Count + missing.Length > ColumnNames.Most + 2)
        {
            return false;
        }

        foreach (var column in missing)
        {
            File.Execute($"alter table {Quote(table)} add column {Quote(column)} text");
        }

        return true;
    }

    /// <summary>Leaves the marker and commits everything.</summary>
    public void Commit(Guid runUid, string table, RecordCounts counts, DateTimeOffset at)
    {
        File.Query(
            $"insert into {Markers} values (?, ?, ?, ?, ?, ?)", null,
            runUid.ToString("D"), table, counts.Processed, counts.Skipped, counts.Failed, at.ToString("O", CultureInfo.InvariantCulture));
        File.Execute("commit");
    }

    public void Dispose() => File.Dispose();

    private static async Task ExecuteAsync(string sql, SqliteFile file, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        int code;
        while ((code = file.TryExecute(sql)) == raw.SQLITE_BUSY)
        {
            await Task.Delay(Patience, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        file.Check(code);
    }
}
