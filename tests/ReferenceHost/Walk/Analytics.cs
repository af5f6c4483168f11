using Microsoft.Data.Sqlite;

namespace Switchyard.ReferenceHost.Tests.Walk;

/// <summary>Reads a tenant's analytics database as a person with a SQLite client does, past all of our code.</summary>
internal static class Analytics
{
    public static long Rows(string dataDirectory, string partner, string tenant, string table)
    {
        var file = Path.Combine(dataDirectory, "analytics", partner, $"{tenant}.db");
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from \"{table}\"";
        return (long)command.ExecuteScalar()!;
    }
}
