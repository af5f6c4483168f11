using CsvHelper;
using SQLitePCL;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

/// <summary>Inserts rows by one prepared statement, handing the bytes of the file to SQLite as they are.</summary>
internal sealed class RowInsert : IDisposable
{
    private readonly SqliteFile _file;
    private readonly sqlite3_stmt _statement;
    private readonly int _columns;

    public RowInsert(SqliteFile file, string table, IReadOnlyList<string> columns, Guid runUid)
    {
        _file = file;
        _columns = columns.Count;
        var names = string.Join(", ", columns.Prepend(ColumnNames.Line).Prepend(ColumnNames.RunUid).Select(AnalyticsDatabase.Quote));
        _statement = file.Prepare($"insert into {AnalyticsDatabase.Quote(table)} ({names}) values ({string.Join(", ", Enumerable.Repeat("?", _columns + 2))})");

        // Bindings outlive a reset: the run is bound once.
        file.Check(raw.sqlite3_bind_text(_statement, 1, runUid.ToString("D")));
    }

    public void Write(CsvReader record, long line)
    {
        _file.Check(raw.sqlite3_bind_int64(_statement, 2, line));
        for (var i = 0; i < _columns; i++)
        {
            // An empty span has no address, which SQLite would take for NULL; NULL means that a file had no such column.
            var value = record.GetSpan(i);
            _file.Check(value.IsEmpty ? raw.sqlite3_bind_text(_statement, i + 3, "") : raw.sqlite3_bind_text(_statement, i + 3, value));
        }

        _file.Check(raw.sqlite3_step(_statement));
        _file.Check(raw.sqlite3_reset(_statement));
    }

    public void Dispose() => _statement.Dispose();
}
