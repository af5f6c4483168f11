using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Switchyard.Samples.Jobs.Tests;

/// <summary>The sample's database file, read past the suite's code.</summary>
internal sealed class LettersFile(string folder)
{
    private readonly string _path = Path.Combine(folder, "letters.db");

    // Its package must come before any type of SQLite is touched.
    static LettersFile() => System.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor(typeof(SwitchyardSqliteExtensions).Module.ModuleHandle);

    /// <summary>Gets the numbers that were posted, each as often as it was.</summary>
    public IReadOnlyList<int> Postings => [.. Read("select Number, 0 from Postings").Select(row => row.First)];

    /// <summary>Gets state and attempt of each job.</summary>
    public IReadOnlyList<(int State, int Attempt)> Jobs => Read("select state, attempt from switchyard_jobs");

    private List<(int First, int Second)> Read(string sql)
    {
        List<(int First, int Second)> rows = [];
        if (!File.Exists(_path))
        {
            return rows;
        }

        using var connection = new SqliteConnection($"Data Source={_path};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add((reader.GetInt32(0), reader.GetInt32(1)));
        }

        return rows;
    }
}
