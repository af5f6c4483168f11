using Microsoft.EntityFrameworkCore;
using Switchyard.Storage.EfCore.Tests;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.Sqlite.Tests;

/// <summary>A database file of one test, and nodes on it.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);
    private readonly TemporaryFolder _folder = new();

    public ManualTimeProvider Clock { get; } = new();

    public string Path => _folder.Combine("app.db");

    public string ConnectionString => $"Data Source={Path};Pooling=False";

    /// <summary>Makes a database by copying one that was migrated, and a node on it.</summary>
    public static async Task<(SqliteDatabase Database, TestNode Node)> CreateAsync()
    {
        var database = new SqliteDatabase();
        await File.WriteAllBytesAsync(database.Path, await Migrated.Value);
        return (database, database.NewNode());
    }

    public TestNode NewNode() => new(options => options.UseSwitchyardSqlite(ConnectionString, Clock), Clock);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<byte[]> MigrateAsync()
    {
        await using var database = new SqliteDatabase();
        await using (var node = database.NewNode())
        {
            await node.MigrateAsync();
        }

        return await File.ReadAllBytesAsync(database.Path);
    }
}
