using Microsoft.Data.Sqlite;
using Switchyard.ReferenceHost.Configuration;

namespace Switchyard.ReferenceHost.Demo;

/// <summary>Looks into a tenant's analytics database, to show that what is reported really lies there.</summary>
internal static class AnalyticsFile
{
    /// <summary>Gets the path of the tenant's file.</summary>
    public static string Path(HostSettings settings, DemoOptions options) =>
        System.IO.Path.Combine(settings.AnalyticsFolder, options.Partner, $"{options.Tenant}.db");

    /// <summary>Counts the rows of a run over all tables, or gives <see langword="null"/> where there is no file.</summary>
    public static long? CountRows(string path, string? runUid)
    {
        if (runUid is null || !File.Exists(path))
        {
            return null;
        }

        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return Tables(connection).Sum(table => CountRows(connection, table, runUid));
    }

    // The tables that hold loaded rows are named {bundle}__{file key}.
    private static List<string> Tables(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select name from sqlite_master where type = 'table' and instr(name, '/') > 0";
        using var reader = command.ExecuteReader();
        var tables = new List<string>();
        while (reader.Read())
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }

    private static long CountRows(SqliteConnection connection, string table, string runUid)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\" where _run_uid = $run";
        command.Parameters.AddWithValue("$run", runUid);
        return (long)command.ExecuteScalar()!;
    }
}
