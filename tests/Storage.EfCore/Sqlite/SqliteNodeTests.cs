using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.Sqlite.Tests;

public sealed class SqliteQueueTransactionTests : QueueTransactionTests
{
    private protected override async Task<(TestNode Node, Func<ValueTask> Dispose)> CreateAsync()
    {
        var (database, node) = await SqliteDatabase.CreateAsync();
        return (node, database.DisposeAsync);
    }
}

public sealed class SqliteMigrationTests : MigrationTests
{
    private protected override Task<(Func<TestNode> NewNode, Func<ValueTask> Dispose)> CreateEmptyAsync()
    {
        var database = new SqliteDatabase();
        return Task.FromResult<(Func<TestNode>, Func<ValueTask>)>((database.NewNode, database.DisposeAsync));
    }
}
