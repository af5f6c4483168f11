using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Switchyard.Storage.EfCore.Sqlite.Analytics;

/// <summary>A database file, open by SQLite's own interface.</summary>
/// <remarks>
/// A load binds the bytes of a file as they are, which Microsoft.Data.Sqlite can't; and what it shows of its handle doesn't
/// compile against the older SQLitePCLRaw that some package sources have (see <see cref="SqliteRuntime"/>).
/// </remarks>
internal sealed class SqliteFile : IDisposable
{
    private readonly sqlite3 _handle;

    private SqliteFile(sqlite3 handle) => _handle = handle;

    public static SqliteFile Open(string path)
    {
        Batteries_V2.Init();
        var code = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, null);
        var file = new SqliteFile(handle);
        try
        {
            file.Check(code);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that give no rows.</summary>
    public void Execute(string sql) => Check(TryExecute(sql));

    /// <summary>Runs statements that give no rows, and gives SQLite's answer.</summary>
    public int TryExecute(string sql) => raw.sqlite3_exec(_handle, sql);

    public sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        return statement;
    }

    /// <summary>Runs a statement with parameters, a text or a number each, and visits its rows.</summary>
    public void Query(string sql, Action<sqlite3_stmt>? visit, params ReadOnlySpan<object> parameters)
    {
        using var statement = Prepare(sql);
        for (var i = 0; i < parameters.Length; i++)
        {
            Check(parameters[i] is long number ? raw.sqlite3_bind_int64(statement, i + 1, number) : raw.sqlite3_bind_text(statement, i + 1, (string)parameters[i]));
        }

        int code;
        while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
        {
            visit?.Invoke(statement);
        }

        Check(code);
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw new SqliteException($"SQLite answered {code}: {raw.sqlite3_errmsg(_handle).utf8_to_string()}", code, raw.sqlite3_extended_errcode(_handle));
        }
    }

    // Closing rolls back what wasn't committed.
    public void Dispose() => _handle.Dispose();
}
