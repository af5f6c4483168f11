using Microsoft.EntityFrameworkCore;
using Switchyard.Storage.EfCore.Tests;
using Switchyard.TestKit;

namespace Switchyard.Storage.EfCore.Sqlite.Tests;

/// <summary>A database file of one test, and nodes on it.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ManualTimeProvider Clock { get; } = new();

    public string ConnectionString => $"Data Source={_folder.Combine("app.db")};Pooling=False";

    public static async Task<(SqliteDatabase Database, TestNode Node)> CreateAsync()
    {
        var database = new SqliteDatabase();
        var node = database.NewNode();
        await node.MigrateAsync();
        return (database, node);
    }

    public TestNode NewNode() => new(options => options.UseSwitchyardSqlite(ConnectionString, Clock), Clock);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
