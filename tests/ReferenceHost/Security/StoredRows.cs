using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.ReferenceHost.Tests.Configuration;

namespace Switchyard.ReferenceHost.Tests.Security;

/// <summary>Counts the rows of every table of a host's SQLite file by plain SQL, past all of our code.</summary>
internal static class StoredRows
{
    public static string Count(RunningHost host)
    {
        using var scope = host.Services.CreateScope();
        using var connection = new SqliteConnection(scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.GetConnectionString());
        connection.Open();
        var tables = Column(connection, "select name from sqlite_master where type = 'table' order by name");
        Assert.Contains("switchyard_ingest_jobs", tables);
        return string.Join('\n', tables.Select(table => $"{table} {Column(connection, $"select count(*) from \"{table}\"")[0]}"));
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> values = [];
        while (reader.Read())
        {
            values.Add(reader.GetValue(0).ToString()!);
        }

        return values;
    }
}
