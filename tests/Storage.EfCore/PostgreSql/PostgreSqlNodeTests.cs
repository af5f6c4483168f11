using Switchyard.Storage.EfCore.Tests;

namespace Switchyard.Storage.EfCore.PostgreSql.Tests;

public sealed class PostgreSqlQueueTransactionTests : QueueTransactionTests
{
    private protected override async Task<(TestNode Node, Func<ValueTask> Dispose)> CreateAsync()
    {
        var (database, node) = await PostgreSqlDatabase.CreateAsync();
        return (node, database.DisposeAsync);
    }
}

public sealed class PostgreSqlMigrationTests : MigrationTests
{
    private protected override async Task<(Func<TestNode> NewNode, Func<ValueTask> Dispose)> CreateEmptyAsync()
    {
        var database = await PostgreSqlDatabase.CreateEmptyAsync();
        return (database.NewNode, database.DisposeAsync);
    }
}
